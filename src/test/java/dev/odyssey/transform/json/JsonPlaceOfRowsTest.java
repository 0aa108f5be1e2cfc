package dev.odyssey.transform.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.file.Pack;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which part of a JSON document holds its rows. */
class JsonPlaceOfRowsTest {
  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {"b.items", "/b/items", "$.b.items[*]", "b.*", "$[\"b\"].items", "b[\"items\"][*]"})
  void readsRowsUnderThePathThatIsTold(String path) {
    TransformResult result =
        Job.in(directory)
            .file("{\"a\":[{\"id\":1}],\"b\":{\"items\":[{\"id\":2},{\"id\":3}]}}")
            .config("{\"rowsPath\": \"" + path.replace("\"", "\\\"") + "\"}")
            .run();

    assertThat(Job.rows(result, "id")).containsExactly("2", "3");
  }

  /** As an export writes the only order of a day, on whose other days each line is one. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"no\":7,\"to\":{\"city\":\"Graz\"},\"items\":[{\"sku\":\"a\"},{\"sku\":\"b\"}]}",
        "{\"No\":7,\"to\":{\"city\":\"Graz\"},\"items\":[{\"sku\":\"a\"}],\"tags\":[{\"t\":1}]}"
      })
  void takesAnObjectWithTheMappedColumnsForTheRow(String json) {
    TransformResult result =
        Job.in(directory)
            .file(json)
            .mapping("no", "no")
            .mapping("to.city", "city")
            .mapping("items[0].sku", "first")
            .run();

    assertThat(Job.rows(result, "no, city, first")).containsExactly("7|Graz|a");
    assertThat(result.details().at("/doubts/0").asText()).contains("only row", "items");
  }

  /** As the World Bank answers. */
  @Test
  void takesTheRowsBehindFactsAboutThem() {
    TransformResult result =
        Job.in(directory).file("[{\"page\":1,\"total\":2},\n[{\"id\":1},{\"id\":2}]]").run();

    assertThat(Job.rows(result, "id")).containsExactly("1", "2");
    assertThat(result.details().at("/doubts/0").asText()).contains("an object and a list");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[{\"id\":1},[{\"id\":2}],{\"id\":3}]",
        "[{\"id\":1},[],{\"id\":3}]",
        "[{\"id\":1},[{\"id\":2}]] {\"id\":3}"
      })
  void takesNoListForAllOfTheRowsBesideOthers(String json) {
    TransformResult result = Job.in(directory).file(json).run();

    assertThat(Job.rows(result, "id")).containsExactly("1", "3");
    assertThat(result.rejected()).isEqualTo(1);
  }

  /** As Firebase exports: rows under their keys, of which one alone has a list of objects. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"users\":{\"-K1\":{\"n\":\"A\",\"age\":1},\"-K2\":{\"n\":\"B\",\"age\":2,\"pets\":[{\"n\":\"z\"}]}}}",
        "{\"users\":{\"-K2\":{\"n\":\"B\",\"x\":{\"pets\":[{\"n\":\"z\"}]}},\"-K1\":{\"n\":\"A\"}}}"
      })
  void doubtsTheListWithinOneOfSeveralObjectsThatAreAlike(String json) {
    TransformResult result = Job.in(directory).file(json).run();

    assertThat(Job.rows(result, "n")).containsExactly("z");
    assertThat(result.details().at("/doubts/0").asText())
        .contains("pets", "rowsPath to \"users.*\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"hits\":{\"total\":1,\"hits\":[{\"n\":1}]},\"shards\":{\"total\":1,\"failed\":0,\"ok\":1}}",
        "{\"data\":{\"items\":[{\"n\":1}]},\"meta\":{\"page\":1}, \"links\":{}}"
      })
  void doubtsNoListBesideOtherObjects(String json) {
    TransformResult result = Job.in(directory).file(json).run();

    assertThat(Job.rows(result, "n")).containsExactly("1");
    assertThat(result.details().path("doubts")).isEmpty();
  }

  @Test
  void takesTheListWhoseRowsHaveTheMappedColumnsAmongThem() {
    String page = "{\"id\":\"p\",\"total\":9,\"items\":[{\"id\":1},{\"id\":2,\"total\":5}]}";

    TransformResult result =
        Job.in(directory).file(page).mapping("id", "id").mapping("total", "total").run();

    assertThat(Job.rows(result, "id, total")).containsExactly("1|~", "2|5");
  }

  @Test
  void takesNoObjectOfColumnsForTheRow() {
    Job columns = Job.in(directory).mapping("a", "a").mapping("b", "b");

    assertThatThrownBy(() -> columns.file("{\"a\":[{\"x\":1}],\"b\":[{\"x\":2}]}").run())
        .hasMessageContaining("more than one list of rows");
    assertThat(
            columns
                .file("{\"a\":{\"0\":1},\"b\":{\"0\":2}}")
                .run()
                .details()
                .at("/doubts/0")
                .asText())
        .contains("taken as the only row");
  }

  @Test
  void takesTheListWhoseRowsHaveTheMappedColumns() {
    Job job = Job.in(directory).file("{\"id\":\"page 1\",\"items\":[{\"id\":1},{\"id\":2}]}");

    assertThat(Job.rows(job.mapping("id", "id").run(), "id")).containsExactly("1", "2");
  }

  @Test
  void asksForThePathWhereThereAreSeveralLists() {
    Job job = Job.in(directory).file("{\"a\":[{\"id\":1}],\"b\":{\"items\":[{\"id\":2}]}}");

    assertThatThrownBy(job::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("\"a\", \"b.items\"");
  }

  /** As ClickHouse's JSONCompact, Snowflake and Socrata write tables. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"meta\":[{\"name\":\"id\"}],\"data\":[[1],[2]]}",
        "{\"data\":[[1],[2]],\"meta\":{\"rowType\":[{\"name\":\"id\"}]}}"
      })
  void takesNoDescriptionOfColumnsForTheRows(String json) {
    Job job = Job.in(directory).file(json);

    assertThatThrownBy(job::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("more than one list of rows")
        .hasMessageContaining("\"data\"");
    assertThat(job.config("{'rowsPath': 'data'}").run().totalRows()).isEqualTo(2);
  }

  @Test
  void takesAListWithinAnotherPartForNoRows() {
    Job job =
        Job.in(directory)
            .file("{\"rows\":[{\"id\":1}],\"chart\":{\"points\":[[1,2]],\"tags\":[]}}");

    TransformResult result = job.run();

    assertThat(Job.rows(result, "id")).containsExactly("1");
    assertThat(result.details().has("doubts")).isFalse();
  }

  @Test
  void doubtsPagesWithoutRowsAmongOthers() {
    Job job =
        Job.in(directory)
            .config("{'rowsPath': 'data'}")
            .file("{\"data\":[{\"id\":1}]}\n{\"error\":\"busy\"}\n{\"data\":[{\"id\":2}]}\n");

    TransformResult result = job.run();

    assertThat(result.totalRows()).isEqualTo(2);
    assertThat(result.details().at("/doubts/0").asText())
        .isEqualTo(
            "1 of the 3 JSON values one after the other have no rows under the path \"data\".");
  }

  @Test
  void doubtsRowsBesideAListWithoutAny() {
    Job job = Job.in(directory).file("{\"data\":[],\"schema\":{\"fields\":[{\"name\":\"id\"}]}}");

    assertThat(job.run().details().at("/doubts/0").asText())
        .contains("\"schema.fields\"", "\"data\"", "rowsPath");
  }

  /** The forms index, columns and split of pandas, and an answer without rows. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"0\":{\"a\":1,\"b\":2},\"1\":{\"a\":3,\"b\":4}}",
        "{\"a\":{\"0\":1,\"1\":3},\"b\":{\"0\":2,\"1\":4}}",
        "{\"columns\":[\"a\",\"b\"],\"index\":[0,1],\"data\":[[1,2],[3,4]]}",
        "{\"next\":\"x\",\"value\":[]}"
      })
  void doubtsThatOneObjectIsTheOnlyRow(String json) {
    Job job = Job.in(directory).file(json);

    assertThat(job.run().details().at("/doubts/0").asText()).contains("rowsPath", "records");
    assertThatThrownBy(job.schema("missing text")::run)
        .isInstanceOfSatisfying(
            PermanentFailure.class, e -> assertThat(e.advice()).contains("rowsPath", "records"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"[{\"a\":{\"b\":1}}]", "{\"a\":1,\"b\":\"x\"}", "{\"rows\":[{\"a\":{}}]}"})
  void doubtsNoRowOfAListOrOfPlainValues(String json) {
    assertThat(Job.in(directory).file(json).run().details().has("doubts")).isFalse();
  }

  @Test
  void doubtsNoRowWhosePlaceIsTold() {
    Job job = Job.in(directory).file("{\"a\":{\"b\":1}}").config("{'rowsPath': '$'}");

    assertThat(job.run().details().has("doubts")).isFalse();
  }

  @Test
  void namesAPathThatHasNoRows() {
    Job job = Job.in(directory).file("{\"a\":[{\"id\":1}]}").config("{'rowsPath': 'rows'}");

    assertThatThrownBy(job::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("no rows under the path \"rows\"");
  }

  @ParameterizedTest
  @ValueSource(strings = {"$..items", "b..items", "..['items']"})
  void refusesAPathOfAnyDepth(String path) {
    Job job =
        Job.in(directory)
            .file("{\"items\":[{\"id\":1}],\"b\":{\"items\":[{\"id\":2}]}}")
            .config("{\"rowsPath\": \"" + path + "\"}");

    assertThatThrownBy(job::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContainingAll("rowsPath", "\"" + path + "\"", ".. is not read");
  }

  @ParameterizedTest
  @ValueSource(strings = {"['a..b']", "/a..b"})
  void readsAKeyWithTwoPoints(String path) {
    Job job =
        Job.in(directory)
            .file("{\"a..b\":[{\"id\":1}]}")
            .config("{\"rowsPath\": \"" + path + "\"}");

    assertThat(Job.rows(job.run(), "id")).containsExactly("1");
  }

  /** RFC 6901. */
  @Test
  void readsAKeyWhoseSignsAPointerEscapes() {
    Job job = Job.in(directory).file("{\"a/b~c\":[{\"id\":1}]}").config("{'rowsPath': '/a~1b~0c'}");

    assertThat(Job.rows(job.run(), "id")).containsExactly("1");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"index\":{\"_index\":\"t\",\"_id\":\"1\"}}\n{\"id\":1}\n",
        "{ \"create\" : { } }\n{\"id\":1}\n"
      })
  void refusesABulkRequestWhoseEveryOtherLineIsNoRow(String lines) {
    assertThatThrownBy(Job.in(directory).file(lines)::run)
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("Elasticsearch");
  }

  @Test
  void aRowThatLooksLikeAnActionAmongOthersIsOne() {
    Job job = Job.in(directory).file("{\"id\":1}\n{\"index\":{\"_id\":\"x\"}}\n");

    assertThat(Job.rows(job.run(), "id, index")).containsExactly("1|~", "~|{\"_id\":\"x\"}");
  }

  /** An increment of one order, without mappings, looks like an answer with a list of rows. */
  @Test
  void doubtsAListWhoseRowsHaveTheKeyThatTheObjectAroundItHas() {
    Job job =
        Job.in(directory).file("{\"id\": 7, \"items\": [{\"id\": 1}, {\"id\": 2}]}").key("id");

    TransformResult result = job.run();

    assertThat(Job.rows(result, "id")).containsExactly("1", "2");
    assertThat(result.details().at("/doubts/0").asText()).contains("items", "\"id\"", "rowsPath");
    assertThat(Job.rows(job.config("{'rowsPath': '$'}").run(), "id")).containsExactly("7");
  }

  @Test
  void tellsTheDoubtsOfEachOfSeveralFiles() {
    byte[] zip =
        Pack.zip(
            Map.of(
                "a.csv", Pack.bytes("id,n\n9,x\n8,y\n"),
                "b.json", Pack.bytes("{\"id\": 7, \"items\": [{\"id\": 1}]}")));

    TransformResult result = Job.in(directory).file(zip).key("id").run();

    assertThat(Job.rows(result, "id")).containsExactly("9", "8", "1");
    assertThat(result.details().path("doubts").toString()).contains("items");
  }
}
