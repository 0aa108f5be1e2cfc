package dev.odyssey.transform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows that are lists, the first of which may have the names of their columns. */
class JsonListNamesTest {
  private static final String CENSUS =
      """
      [["NAME","POP","state"],
      ["Alabama","4903185","01"],
      ["Alaska","731545","02"]]
      """;

  @TempDir Path directory;

  @Test
  void takesTheNamesThatValuesStandBelow() {
    TransformResult result = Job.in(directory).file(CENSUS).run();

    assertThat(Job.rows(result, "name, pop, state"))
        .containsExactly("Alabama|4903185|01", "Alaska|731545|02");
    assertThat(result.details().at("/doubts")).isEmpty();
  }

  @Test
  void readsThemUnderAPath() {
    TransformResult result =
        Job.in(directory)
            .file("{\"range\":\"A1:B3\",\"values\":[[\"id\",\"n\"],[1,\"x\"],[2]]}")
            .config("{'rowsPath': 'values'}")
            .run();

    assertThat(Job.rows(result, "id, n")).containsExactly("1|x", "2|~");
  }

  @Test
  void readsThemALineEach() {
    TransformResult result =
        Job.in(directory)
            .file("[\"id\",\"n\"]\n[1,\"x\"]\n[2,null,true]\n")
            .config("{'format': 'ndjson'}")
            .run();

    assertThat(Job.rows(result, "id, n, column3")).containsExactly("1|x|~", "2|~|true");
  }

  @Test
  void takesWhatTheMappingsAskForAsNames() {
    TransformResult result =
        Job.in(directory)
            .file("[[\"id\",\"city\"],[\"a\",\"Graz\"]]")
            .mapping("id", "key")
            .mapping("city", "city")
            .run();

    assertThat(Job.rows(result, "key, city")).containsExactly("a|Graz");
  }

  @Test
  void takesTheFirstRowAsDataWhereTheMappingsAskByPlace() {
    TransformResult result = Job.in(directory).file(CENSUS).mapping("column1", "name").run();

    assertThat(Job.rows(result, "name")).containsExactly("NAME", "Alabama", "Alaska");
  }

  @Test
  void doubtsNamesThatNothingTells() {
    TransformResult result = Job.in(directory).file("[[\"a\",\"b\"],[\"c\",\"d\"]]").run();

    assertThat(Job.rows(result, "column1, column2")).containsExactly("a|b", "c|d");
    assertThat(result.details().at("/doubts/0").asText()).contains("option header");
  }

  @Test
  void doubtsNoValues() {
    TransformResult result = Job.in(directory).file("[[1,2],[3,4]]").run();

    assertThat(Job.rows(result, "column1, column2")).containsExactly("1|2", "3|4");
    assertThat(result.details().at("/doubts")).isEmpty();
  }

  @Test
  void takesNamesThatAreTold() {
    TransformResult result =
        Job.in(directory)
            .file("[[\"a\",null,\"a\"],[\"c\",\"d\",\"e\"]]")
            .config("{'header': true}")
            .run();

    assertThat(Job.rows(result, "a, column2, a_1")).containsExactly("c|d|e");
  }

  @Test
  void takesDataThatIsTold() {
    TransformResult result = Job.in(directory).file(CENSUS).config("{'header': false}").run();

    assertThat(Job.rows(result, "column1")).containsExactly("NAME", "Alabama", "Alaska");
    assertThat(result.details().at("/doubts")).isEmpty();
  }

  /** Values in the first row, a name twice, a longer second row, or no second row. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '\'',
      value = {
        "[[\"a\",1],[\"b\",2]]; a",
        "[[\"a\",\"2026-01-01\"],[\"b\",5]]; a",
        "[[\"a\",\"A\"],[1,2]]; a",
        "[[\"a\",\"\"],[1,2]]; a",
        "[[\"a\"],[1,2]]; a",
        "[[\"a\",\"b\"]]; a"
      })
  void takesTheFirstRowAsDataWhereItMayBe(String json, String first) {
    TransformResult result = Job.in(directory).file(json).run();

    assertThat(Job.rows(result, "column1")).contains(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[[\"id\",\"n\"]]", "[[\"id\",\"n\"]"})
  void tellsWhereNoRowFollowsOrTheFileIsBroken(String json) {
    Job job = Job.in(directory).file(json).config("{'header': true}");

    assertThatThrownBy(job::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining(json.endsWith("]]") ? "no row with a value" : "broken JSON");
  }

  @Test
  void rejectsARowOfAnotherKindBehindThem() {
    TransformResult result = Job.in(directory).file("[[\"id\",\"n\"],{\"id\":5},[1,\"x\"]]").run();

    assertThat(Job.rows(result, "id, n")).containsExactly("1|x");
    assertThat(result.rejected()).isEqualTo(1);
  }
}
