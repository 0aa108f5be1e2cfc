package dev.odyssey.transform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.rows.RowsWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"id\":1,\"n\":\"a\"},{\"id\":2,\"n\":\"b\"}]",
        "{\"id\":1,\"n\":\"a\"}\n{\"id\":2,\"n\":\"b\"}",
        "{\"id\":1,\"n\":\"a\"}\r\n\r\n{\"id\":2,\"n\":\"b\"}\r\n",
        "{\n \"id\": 1,\n \"n\": \"a\"\n}\n{\n \"id\": 2,\n \"n\": \"b\"\n}",
        "{\"id\":1,\"n\":\"a\"}{\"id\":2,\"n\":\"b\"}",
        "{\"id\":1,\"n\":\"a\"}\n{\"id\":2,\n \"n\":\"b\"}\n",
        "[{\"id\":1,\"n\":\"a\"}]\n[{\"id\":2,\"n\":\"b\"}]\n",
        "\ufeff  [\n  {\"id\" : 1, \"n\" : \"a\"},\n  {\"id\" : 2, \"n\" : \"b\"}\n]\n",
        "{\"meta\":{\"total\":2},\"data\":{\"items\":[{\"id\":1,\"n\":\"a\"},{\"id\":2,\"n\":\"b\"}]}}"
      })
  void readsEveryLayout(String json) {
    TransformResult result = Job.in(directory).file(json).config("{'format': 'json'}").run();

    assertThat(Job.rows(result, "id, n")).containsExactly("1|a", "2|b");
  }

  /** Rows of several lines are told from broken lines by their soundness. */
  @ParameterizedTest
  @ValueSource(strings = {"{\"id\":2,", "{\"id\":2,\"n\":\"b", "{\"id\":2,\"n\":"})
  void aBrokenLineIsARejectAndTakesNoOther(String line) {
    String row = "{\"id\":1,\"n\":\"a\"}\n";

    TransformResult result = Job.in(directory).file(row + row + line + "\n" + row).run();

    assertThat(Job.rows(result, "id, n")).containsExactly("1|a", "1|a", "1|a");
    assertThat(result.rejected()).isOne();
  }

  @Test
  void textsThatMeanNothingAreNull() {
    TransformResult result =
        Job.in(directory)
            .file(
                "[{\"n\": \"NA\", \"a\": {\"b\": \"-\"}, \"t\": \"NA\"}, {\"n\": 5, \"a\": {\"b\": \"x\"}, \"t\": \"y\"}]")
            .config("{'nullValues': ['NA', '-']}")
            .schema("n integer", "t text", "b text")
            .mapping("n", "n")
            .mapping("t", "t")
            .mapping("a.b", "b")
            .run();

    assertThat(Job.rows(result, "n, t, b")).containsExactly("~|~|~", "5|y|x");
    assertThat(result.details().has("badValues")).isFalse();
  }

  @Test
  void keysThatDifferInCaseAreFoundByTheirOwnAndByTheColumnsName() {
    TransformResult result =
        Job.in(directory)
            .file("[{\"a\": 1, \"A\": 2}]")
            .mapping("a", "x")
            .mapping("A", "y")
            .mapping("A_1", "z")
            .run();

    assertThat(Job.rows(result, "x, y, z")).containsExactly("1|2|2");
  }

  @Test
  void readsUtf16() {
    TransformResult result =
        Job.in(directory).file("[{\"n\":\"Zoë\"}]", StandardCharsets.UTF_16).run();

    assertThat(Job.rows(result, "n")).containsExactly("Zoë");
  }

  @Test
  void findsAKeyThatComesLate() {
    StringBuilder rows = new StringBuilder();
    for (int i = 0; i < 50_000; i++) {
      rows.append("{\"id\":").append(i).append("}\n");
    }
    rows.append("{\"id\":50000,\"late\":\"here\"}\n");

    TransformResult result = Job.in(directory).file(rows.toString()).run();

    assertThat(result.totalRows()).isEqualTo(50_001);
    assertThat(Job.query("SELECT id, late FROM '" + result.snapshot() + "' WHERE late IS NOT NULL"))
        .containsExactly("50000|here");
  }

  @Test
  void takesTheLastOfDoubledKeysAndKeysThatDifferInCaseApart() {
    TransformResult result = Job.in(directory).file("[{\"a\":1,\"a\":2,\"A\":3}]").run();

    assertThat(Job.rows(result, "*")).singleElement().asString().startsWith("2|3|");
  }

  @Test
  void keepsOneKeyOfSeveralTypesAsText() {
    TransformResult result =
        Job.in(directory)
            .file("[{\"v\":1},{\"v\":\"x\"},{\"v\":true},{\"v\":[1]},{\"v\":null}]")
            .run();

    assertThat(Job.rows(result, "v")).containsExactly("1", "x", "true", "[1]", "~");
  }

  @Test
  void reachesNestedFieldsByPath() {
    TransformResult result =
        Job.in(directory)
            .file(
                "[{\"user\":{\"city\":\"Bern\"},\"items\":[{\"p\":1.5},{\"p\":2}]},{\"user\":\"x\"}]")
            .mapping("user.city", "city")
            .mapping("items[1].p", "second")
            .mapping("user", "whole")
            .run();

    assertThat(Job.rows(result, "city, second, whole"))
        .containsExactly("Bern|2|{\"city\":\"Bern\"}", "~|~|x");
  }

  @Test
  void flattensNestedObjects() {
    TransformResult result =
        Job.in(directory)
            .file("[{\"a\":{\"b\":{\"c\":1},\"d\":[2]}},{\"a\":{\"e\":3}}]")
            .config("{'flatten': true, 'flattenSeparator': '_'}")
            .run();

    assertThat(Job.rows(result, "a_b_c, a_d, a_e")).containsExactly("1|[2]|~", "~|~|3");
  }

  @Test
  void readsATextSequence() {
    TransformResult result = Job.in(directory).file("\u001e{\"a\":1}\n\u001e{\"a\":2}\n").run();

    assertThat(Job.rows(result, "a")).containsExactly("1", "2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"[]", "{}", "[{}]", "[null]", "[[]]"})
  void saysThatThereAreNoRows(String text) {
    assertThatThrownBy(Job.in(directory).file(text)::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("no row with a value");
  }

  /** One of the two would be lost. */
  @Test
  void refusesTwoKeysThatFlattenToOneColumn() {
    Job job =
        Job.in(directory)
            .file("{\"a.b\":1,\"c\":1}\n{\"a.b\":1,\"a\":{\"b\":2}}\n")
            .config("{'flatten': true}");

    assertThatThrownBy(job::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("flattened, \"a.b\" and \"a > b\" are both the column \"a.b\"");
  }

  @Test
  void flattensToOneColumnWhatRowsSpellDifferently() {
    TransformResult result =
        Job.in(directory)
            .file("{\"a.b\":1}\n{\"a\":{\"b\":2}}\n{\"a\":{\"b\":3,\"b\":4}}\n")
            .config("{'flatten': true}")
            .run();

    assertThat(Job.rows(result, "\"a.b\"")).containsExactly("1", "2", "4");
  }

  @Test
  void givesNestedValuesAsStructs() {
    TransformResult result =
        Job.in(directory)
            .file("[{\"a\":{\"x\":1}},{\"a\":{\"y\":[\"p\",\"q\"]}}]")
            .config("{'nested': 'struct'}")
            .run();

    assertThat(Job.rows(result, "a.x, a.y[2]")).containsExactly("1|~", "~|q");
  }

  @Test
  void keepsListsTooDeepWithinOneAnotherAsJson() {
    String deep = "[".repeat(40) + "1" + "]".repeat(40);

    TransformResult result =
        Job.in(directory)
            .file("[{\"a\":" + deep + ",\"b\":[[1]]}]")
            .config("{'nested': 'struct'}")
            .run();

    assertThat(Job.rows(result, "a, b[1]")).containsExactly(deep + "|[1]");
  }

  /** In an incremental sync another type would cost the kept rows their texts. */
  @Test
  void takesNestedFieldsAndListsOfNothingForTexts() {
    TransformResult result =
        Job.in(directory)
            .file("[{\"a\":{\"x\":null,\"NULL\":1},\"b\":[]}]")
            .config("{'nested': 'struct'}")
            .run();

    assertThat(Job.rows(result, "typeof(a.x), typeof(b), a.\"NULL\""))
        .containsExactly("VARCHAR|VARCHAR[]|1");
  }

  @Test
  void namesABlankKeyByItsPlace() {
    TransformResult result = Job.in(directory).file("[{\"a\":1,\" \":2,\"\":3}]").run();

    assertThat(Job.rows(result, "a, column2, column3")).containsExactly("1|2|3");
  }

  @Test
  void namesAnEmptyKeyByItsPlace() {
    TransformResult result = Job.in(directory).file("[{\"a\":1,\"\":2,\"column2\":3}]").run();

    assertThat(Job.rows(result, "a, column2_, column2")).containsExactly("1|2|3");
  }

  @Test
  void keepsAsJsonWhatIsNoStruct() {
    TransformResult result =
        Job.in(directory)
            .file("[{\"a\":{\"B\":1,\"b\":2},\"c\":[{\"\":1}],\"d\":{\"x\":1}}]")
            .config("{'nested': 'struct'}")
            .run();

    assertThat(Job.rows(result, "a, c, d.x")).containsExactly("{\"B\":1,\"b\":2}|[{\"\":1}]|1");
  }

  @Test
  void saysWhereADocumentIsBroken() {
    Job job = Job.in(directory).file("[\n{\"id\":1},\n{\"id\":]}");

    assertThatThrownBy(job::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("broken JSON at line 3, column 7");
  }

  @Test
  void saysWhereBeganWhatIsCutOff() {
    Job job = Job.in(directory).file("[\n{\"id\":1},\n{\"id\":2}\n");

    assertThatThrownBy(job::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("(start marker at line: 1, column: 1)");
  }

  @Test
  void replacesHalvesOfCharactersAndKeepsNul() {
    TransformResult result =
        Job.in(directory)
            .file("[{\"n\":\"a\\ud800b\"},{\"n\":\"a\\u0000b\",\"x\\u0000y\":1,\"\\udc00z\":2}]")
            .run();

    assertThat(Job.rows(result, "n, \"x\ufffdy\", \"\ufffdz\""))
        .containsExactly("a\ufffdb|~|~", "a\0b|1|2");
  }

  @Test
  void refusesMoreColumnsThanAnyTableHas() {
    StringBuilder row = new StringBuilder("[{\"k\":1");
    for (int i = 0; i < RowsWriter.MAX_COLUMNS; i++) {
      row.append(",\"k").append(i).append("\":1");
    }
    Job job = Job.in(directory).file(row.append("}]").toString());

    assertThatThrownBy(job::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("more than 16,384 different columns");
  }

  @Test
  void saysOfALineThatIsNestedTooDeepThatItIs() {
    String deep = "{\"n\":" + "[".repeat(1_000) + "]".repeat(1_000) + "}";

    TransformResult result =
        Job.in(directory)
            .config("{'format': 'ndjson'}")
            .file("{\"n\":1}\n{\"n\":2}\n" + deep + "\n{\"n\n")
            .run();

    assertThat(Job.rows(result, "n")).containsExactly("1", "2");
    assertThat(Job.query("SELECT line, reason FROM '%s'".formatted(result.rejects())))
        .containsExactly(
            "3|The line's JSON is nested too deep or too large", "4|The line is not JSON");
  }

  @Test
  void refusesAValueThatIsTooLongAsSuch() {
    String text = "x".repeat(RowsWriter.MAX_ROW_CHARS + 1);
    Job job = Job.in(directory).file("[{\"n\":\"" + text + "\"}]");

    assertThatThrownBy(job::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("JSON that is too large: String value length")
        .hasMessageEndingWith("exceeds the maximum allowed (16777216).");
  }

  @Test
  void readsOneRowOfManyMegabytes() {
    String text = "x\\\"".repeat(3_000_000);

    TransformResult result =
        Job.in(directory).file("{\"n\":\"" + text + "\"}\n{\"n\":\"y\"}").run();

    assertThat(Job.rows(result, "length(n)")).containsExactly("6000000", "1");
  }
}
