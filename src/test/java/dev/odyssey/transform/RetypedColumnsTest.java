package dev.odyssey.transform;

import static org.assertj.core.api.Assertions.assertThat;

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

  @ParameterizedTest
  @ValueSource(strings = {"text", "integer", "decimal(38,0)"})
  void aNumberHoldsTheKeptRowsValuesWhateverTheirTypeWas(String type) {
    Job first = job().key("id").schema("id integer", "n " + type);
    TransformResult before = first.file("id,n\n1,123456789012345678\n").run();
    Job then = job().key("id").schema("id integer", "n number");

    TransformResult after =
        then.stream("syncMode", "'incremental'").file("id,n\n2,1.5\n").after(before, LATER).run();

    assertThat(Job.rows(after, "id, n"))
        .containsExactlyInAnyOrder("1|123456789012345678.0000000000", "2|1.5000000000");
  }

  /** One value with an exponent must not cost the column its long numbers for ever. */
  @ParameterizedTest
  @ValueSource(ints = {0, 6_000})
  void aColumnOfDoublesBecomesDecimalWhereADoubleCannotHoldItsValues(int rowsBefore) {
    StringBuilder some = new StringBuilder("id,n\n");
    for (int i = 1; i <= rowsBefore; i++) {
      some.append(1_000 + i).append(",1.25\n");
    }
    Job job = job().key("id").schema("id integer", "n number");
    TransformResult doubles = job.file(some + "1,1e5\n2,0.1\n").run();
    TransformResult still = job.file(some + "1,100000\n2,0.1\n").after(doubles, LATER).run();
    assertThat(Job.rows(still, "DISTINCT typeof(n)")).containsExactly("DOUBLE");

    TransformResult decimals =
        job.file(some + "1,100000\n2,0.1\n3,123456789012345678\n").after(still, LATER).run();

    assertThat(Job.rows(decimals, "n::DECIMAL(38,1)")).endsWith("123456789012345678.0");
    assertThat(decimals.unchanged()).isEqualTo(rowsBefore + 2);
    assertThat(decimals.inserted()).isEqualTo(1);
  }

  /** Rows that stay count, too, where the file alone would have another type. */
  @Test
  void aNumberOfARowThatStaysIsNotRounded() {
    Job job = job().key("id").schema("id integer", "n number").stream("syncMode", "'incremental'");
    TransformResult first = job.file("id,n\n1,0.12345678901234567\n2,1.5\n").run();
    assertThat(Job.rows(first, "typeof(n)")).first().isEqualTo("DECIMAL(38,20)");

    TransformResult second =
        job.file("id,n\n3,1234567890123456789012.5\n").after(first, LATER).run();

    assertThat(Job.rows(second, "id, n = '0.12345678901234567'::DOUBLE, typeof(n)"))
        .contains("1|true|DOUBLE");
  }

  @Test
  void whatNoDoubleHoldsIsBadAlsoWhereTheColumnWasDouble() {
    Job job = job().key("id").schema("id integer", "n number");
    TransformResult first = job.file("id,n\n1,1e5\n2,2\n").run();

    TransformResult second = job.file("id,n\n1,1e400\n2,2\n").after(first, LATER).run();

    assertThat(Job.rows(second, "id, n")).containsExactly("1|~", "2|2.0");
    assertThat(second.details().at("/badValues/0/count").asInt()).isEqualTo(1);
  }

  @Test
  void aDoubleOfARowThatStaysIsNotLost() {
    Job job = job().key("id").schema("id integer", "n number").stream("syncMode", "'incremental'");
    TransformResult first = job.file("id,n\n1,1e300\n").run();

    TransformResult second = job.file("id,n\n2,123456789012345678\n").after(first, LATER).run();

    assertThat(Job.rows(second, "id, n")).contains("1|1.0E300");
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

  /** One value with an exponent makes the column DOUBLE: the others are what they were. */
  @Test
  void comparesDecimalsThatBecomeDoublesByTheirTexts() {
    StringBuilder file = new StringBuilder("id,a\n0,0.1234567\n");
    for (int i = 1; i < 2_000; i++) {
      file.append("%d,%d.%02d\n".formatted(i, 1_234_567L * i, i % 100));
    }
    Job job = job().key("id").schema("id integer", "a number");
    TransformResult decimals = job.file(file.toString()).run();
    assertThat(Job.rows(decimals, "DISTINCT typeof(a)")).containsExactly("DECIMAL(38,10)");

    TransformResult doubles = job.file(file + "2000,1e5\n").after(decimals, LATER).run();

    assertThat(Job.rows(doubles, "DISTINCT typeof(a)")).containsExactly("DOUBLE");
    assertThat(doubles.unchanged()).isEqualTo(2_000);
    TransformResult again =
        job.schema("id integer", "a decimal(38,10)")
            .file(file.toString())
            .after(doubles, LATER)
            .run();
    assertThat(again.unchanged()).isEqualTo(2_000);
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

  /** Fields are told by their names, as columns are; the engine writes files of either order. */
  @Test
  void comparesNestedValuesWhoseFieldsCameAndWent() {
    String rows = "[{'id': 1, 's': {'a': '1', 'b': 'x'}}, {'id': 2, 's': {'a': '2'}}]";
    TransformResult first = structs(rows).run();

    TransformResult second =
        structs(
                "[{'id': 1, 's': {'c': null, 'b': 'x', 'a': '1'}},"
                    + " {'id': 2, 's': {'c': [1], 'a': '2'}}]")
            .after(first, LATER)
            .run();

    assertThat(Job.rows(second, "id, \"$_operation\"")).containsExactly("1|NO_CHANGE", "2|UPDATE");
    TransformResult third = structs(rows).after(second, LATER).run();
    assertThat(Job.rows(third, "id, \"$_operation\"")).containsExactly("1|NO_CHANGE", "2|UPDATE");
  }

  @Test
  void keepsNestedValuesOfIncrementalRowsWhereAFieldIsAdded() {
    TransformResult first =
        structs("[{'id': 1, 's': {'a': '1'}, 'l': [{'x': '1'}]}, {'id': 2, 's': null}]").stream(
                "syncMode", "'incremental'")
            .run();

    TransformResult second =
        structs("[{'id': 3, 's': {'a': '3', 'b': 'y'}, 'l': [{'x': '3', 'y': true}]}]").stream(
                "syncMode", "'incremental'")
            .after(first, LATER)
            .run();

    assertThat(Job.rows(second, "id, s, l"))
        .containsExactlyInAnyOrder(
            "1|{'a': 1, 'b': NULL}|[{'x': 1, 'y': NULL}]",
            "2|~|~",
            "3|{'a': 3, 'b': y}|[{'x': 3, 'y': true}]");
  }

  @Test
  void nestedValuesWithoutACommonFieldAreAllNew() {
    TransformResult first = structs("[{'id': 1, 's': {'a': 1}}, {'id': 2, 's': null}]").run();

    TransformResult second =
        structs("[{'id': 1, 's': {'z': 1}}, {'id': 2, 's': null}]").after(first, LATER).run();

    assertThat(Job.rows(second, "id, \"$_operation\"")).containsExactly("1|UPDATE", "2|NO_CHANGE");
  }

  private Job structs(String json) {
    return job().key("id").config("{'nested': 'struct'}").file(json.replace('\'', '"'));
  }

  private Job job() {
    return Job.in(directory);
  }
}
