package dev.odyssey.transform.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Columns whose type changes between two syncs. */
class RetypedColumnsTest {
  private static final Instant LATER = Job.READ_AT.plusSeconds(3600);

  @TempDir Path directory;

  /** Frozen: the slightest change of a type would fail the second sync. */
  @Test
  void everyTypeOfASchemaIsTheSameInTheNextSync() {
    String[] schema = {
      "id integer",
      "s string",
      "n number",
      "f double",
      "d decimal(9,2)",
      "b boolean",
      "y date",
      "t timestamp",
      "z timestamptz",
      "c time",
      "j json",
      "u uuid"
    };
    String header = "id,s,n,f,d,b,y,t,z,c,j,u\n";
    String rest =
        ",x,1.5,1e9,2.50,yes,2024-02-29,2024-02-29 12:00:00,2024-02-29T12:00:00+02:00,12:30:00,\"{}\",00000000-0000-4000-8000-000000000001\n";
    Job first = job().key("id").schema(schema).config("{'schemaPolicy': 'freeze'}");
    TransformResult before = first.file(header + "1" + rest + "2" + rest).run();

    TransformResult after =
        job()
            .key("id")
            .schema(schema)
            .config("{'schemaPolicy': 'freeze'}")
            .file(header + "1" + rest + "3" + rest)
            .after(before, LATER)
            .run();

    assertThat(after.details().has("schema")).isFalse();
    assertThat(after.details().has("badValues")).isFalse();
    assertThat(Job.rows(after, "id, \"$_operation\"")).containsExactly("1|NO_CHANGE", "3|INSERT");
  }

  @Test
  void comparesRetypedValues() {
    TransformResult first =
        job().key("id").schema("id text", "a text").file("id,a\n1,5\n2,05\n").run();

    TransformResult second =
        job()
            .key("id")
            .schema("id integer", "a integer")
            .file("id,a\n1,5\n2,5\n")
            .after(first, LATER)
            .run();

    assertThat(Job.rows(second, "id, a, \"$_operation\""))
        .containsExactly("1|5|NO_CHANGE", "2|5|UPDATE");
    assertThat(second.details().at("/schema/retyped").toString())
        .isEqualTo(
            "[{\"column\":\"id\",\"from\":\"VARCHAR\",\"to\":\"BIGINT\"},{\"column\":\"a\",\"from\":\"VARCHAR\",\"to\":\"BIGINT\"}]");
  }

  @Test
  void comparesTextsThatBecomeNumbersAndNumbersThatBecomeTexts() {
    String file = "id,a\n1,5\n2,1.5\n3,12.50\n4,05\n";
    TransformResult texts = job().key("id").schema("id integer", "a text").file(file).run();

    TransformResult numbers =
        job().key("id").schema("id integer", "a number").file(file).after(texts, LATER).run();

    assertThat(Job.rows(numbers, "id, \"$_operation\""))
        .containsExactly("1|NO_CHANGE", "2|NO_CHANGE", "3|NO_CHANGE", "4|UPDATE");
    TransformResult again =
        job()
            .key("id")
            .schema("id integer", "a text")
            .file("id,a\n1,5\n2,1.5\n3,12.5\n4,6\n")
            .after(numbers, LATER)
            .run();
    assertThat(Job.rows(again, "id, a, \"$_operation\""))
        .containsExactly("1|5|NO_CHANGE", "2|1.5|NO_CHANGE", "3|12.5|NO_CHANGE", "4|6|UPDATE");
  }

  /** JSON is a text: 1 of it and the number 1 say the same. */
  @ParameterizedTest
  @ValueSource(strings = {"integer", "number", "decimal(9,2)", "double", "text"})
  void comparesJsonThatBecomesAnotherTypeAndBack(String type) {
    String file = "id,a\n1,5\n2,\n3,0\n";
    Job json = job().key("id").schema("id integer", "a json").file(file);
    Job other = job().key("id").schema("id integer", "a " + type).file(file);

    TransformResult second = other.after(json.run(), LATER).run();
    TransformResult third = json.after(second, LATER).run();

    assertThat(second.unchanged()).isEqualTo(3);
    assertThat(third.unchanged()).isEqualTo(3);
  }

  @Test
  void aDateThatIsNoJsonIsAnUpdate() {
    String file = "id,a\n1,2024-01-01\n2,\n";
    TransformResult dates = job().key("id").schema("id integer", "a date").file(file).run();
    Job json = job().key("id").schema("id integer", "a json").file(file);

    TransformResult result = json.config("{'maxBadValueRatio': 1}").after(dates, LATER).run();

    assertThat(Job.rows(result, "id, a, \"$_operation\""))
        .containsExactly("1|~|UPDATE", "2|~|NO_CHANGE");
  }

  @Test
  void keepsNoRoundedValueInAColumnOfIntegers() {
    Job job = job().key("id").stream("syncMode", "'incremental'");
    TransformResult first = job.schema("id integer", "a text").file("id,a\n1,1.5\n2,7\n").run();

    TransformResult second =
        job.schema("id integer", "a integer").file("id,a\n3,1\n").after(first, LATER).run();

    assertThat(Job.rows(second, "id, a")).containsExactlyInAnyOrder("1|~", "2|7", "3|1");
  }

  /** A row that stays has what its text would have, were it in the file. */
  @ParameterizedTest
  @CsvSource({
    "integer, 1_000, ~",
    "integer, 0x1F, ~",
    "integer, 5.0, 5",
    "decimal(9;2), 1_000, ~",
    "double, 1e400, ~",
    "boolean, yes, true",
    "date, infinity, ~",
    "date, 26-01-02, ~",
    "timestamp, 2026-01-02T03:04Z, 2026-01-02 03:04:00",
    "timestamptz, epoch, ~"
  })
  void readsKeptTextsAsThoseOfAFile(String type, String text, String wanted) {
    Job job = job().key("id").stream("syncMode", "'incremental'");
    TransformResult first = job.schema("id integer", "a text").file("id,a\n1," + text + "\n").run();

    TransformResult second =
        job.schema("id integer", "a " + type.replace(';', ','))
            .file("id,a\n2,\n")
            .after(first, LATER)
            .run();

    assertThat(Job.rows(second, "id, a::VARCHAR")).containsExactlyInAnyOrder("1|" + wanted, "2|~");
  }

  @Test
  void countsValuesOfIncrementalRowsThatTheNewTypeCannotSay() {
    Job job = job().key("id").stream("syncMode", "'incremental'");
    TransformResult first =
        job.schema("id integer", "a text", "b text")
            .file("id,a,b\n1,1.5,x\n2,7,2024-01-01\n3,,\n4,05,4\n")
            .run();

    TransformResult second =
        job.schema("id integer", "a integer", "b date")
            .file("id,a,b\n4,6,2024-01-02\n5,1,\n")
            .after(first, LATER)
            .run();

    assertThat(second.details().at("/schema/retyped").toString())
        .isEqualTo(
            "[{\"column\":\"a\",\"from\":\"VARCHAR\",\"to\":\"BIGINT\",\"inexact\":1},"
                + "{\"column\":\"b\",\"from\":\"VARCHAR\",\"to\":\"DATE\",\"inexact\":1}]");
  }

  private Job job() {
    return Job.in(directory);
  }
}
