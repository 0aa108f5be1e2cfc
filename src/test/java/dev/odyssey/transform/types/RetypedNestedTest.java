package dev.odyssey.transform.types;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.source.Parquet;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Columns of structs and lists whose type changes between two syncs. */
class RetypedNestedTest {
  private static final Instant LATER = Job.READ_AT.plusSeconds(3600);

  @TempDir Path directory;

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

  /** The fields are those of the file and of the rows that stay. */
  @Test
  void keepsFieldsOfIncrementalRowsThatTheFileHasNot() {
    TransformResult first =
        incremental("[{'id': 1, 's': {'a': 5, 'b': 'x'}, 'l': [{'x': 7}], 'n': {'k': 1}}]").run();

    TransformResult second =
        incremental("[{'id': 2, 's': {'c': true, 'a': null}, 'l': [{'y': 1.5}], 'n': null}]")
            .after(first, LATER)
            .run();

    assertThat(Job.rows(second, "id, s.a, s.b, s.c, l[1].x, l[1].y, n.k"))
        .containsExactlyInAnyOrder("1|5|x|~|7|~|1", "2|~|~|true|~|1.5|~");
  }

  @Test
  void keepsFieldsOfIncrementalRowsBesideAnotherKindOfValue() {
    TransformResult first =
        incremental("[{'id': 1, 's': {'a': 'x', 'b': 1}, 't': {'a': 1}, 'u': [1]}]").run();

    TransformResult second =
        incremental("[{'id': 2, 's': {'a': {'z': 2}}, 't': 'plain', 'u': {'v': 3}}]")
            .after(first, LATER)
            .run();

    assertThat(Job.rows(second, "id, s.a, s.b, t, u"))
        .containsExactlyInAnyOrder("1|\"x\"|1|{\"a\":1}|[1]", "2|{\"z\":2}|~|plain|{\"v\":3}");
    TransformResult third =
        incremental("[{'id': 1, 's': {'a': 'x', 'b': 1}, 't': {'a': 1}, 'u': [1]}]")
            .after(second, LATER.plusSeconds(1))
            .run();
    assertThat(Job.rows(third, "id, \"$_operation\"")).contains("1|NO_CHANGE");
  }

  @Test
  void keepsTextsOfIncrementalRowsBesideNestedValues() {
    TransformResult first =
        incremental("[{'id': 1, 's': 'plain'}, {'id': 2, 's': '{\\'a\\': 1}'}]").run();

    TransformResult second = incremental("[{'id': 3, 's': {'a': 2}}]").after(first, LATER).run();

    assertThat(Job.rows(second, "id, s"))
        .containsExactlyInAnyOrder("1|plain", "2|{\"a\": 1}", "3|{\"a\":2}");
  }

  private Job incremental(String json) {
    return structs(json).stream("syncMode", "'incremental'");
  }

  /** What an expression makes of a column says nothing of the column's own values. */
  @Test
  void keepsFieldsOfIncrementalRowsBesideAnExpression() {
    String json = "[{\"id\": 1, \"s\": {\"a\": 5}}]";
    Job job = incremental(json).mapping("id", "id").mapping("s", "s").transform("t", "'T' || id");
    TransformResult first = job.run();

    TransformResult second =
        job.file(json.replace("1", "2").replace("a", "b")).after(first, LATER).run();

    assertThat(Job.rows(second, "id, s.a, s.b, t"))
        .containsExactlyInAnyOrder("1|5|~|T1", "2|~|5|T2");
  }

  @Test
  void nestedValuesWithoutACommonFieldAreAllNew() {
    TransformResult first = structs("[{'id': 1, 's': {'a': 1}}, {'id': 2, 's': null}]").run();

    TransformResult second =
        structs("[{'id': 1, 's': {'z': 1}}, {'id': 2, 's': null}]").after(first, LATER).run();

    assertThat(Job.rows(second, "id, \"$_operation\"")).containsExactly("1|UPDATE", "2|NO_CHANGE");
  }

  /** The engine has no cast there, for none of what lies around it either. */
  @Test
  void comparesNestedValuesThatHoldOnesWithoutACommonField() {
    TransformResult first =
        structs(
                "[{'id': 1, 's': {'b': 5, 'm': {'x': 1}}}, {'id': 2, 's': {'b': 6}},"
                    + " {'id': 3, 's': {'b': 7, 'm': {}}}, {'id': 4, 's': {'b': 8}}]")
            .run();

    TransformResult second =
        structs(
                "[{'id': 1, 's': {'b': 5, 'm': {'y': 1}}}, {'id': 2, 's': {'b': 6}},"
                    + " {'id': 3, 's': {'b': 7, 'm': {}}}, {'id': 4, 's': {'b': 9}}]")
            .after(first, LATER)
            .run();

    assertThat(Job.rows(second, "id, \"$_operation\""))
        .containsExactly("1|UPDATE", "2|NO_CHANGE", "3|NO_CHANGE", "4|UPDATE");
  }

  @Test
  void keepsTheFieldsOfIncrementalRowsAroundOnesThatTheFileHasNot() {
    Path file = directory.resolve("before.parquet");
    Job job = job().key("id").stream("syncMode", "'incremental'");
    String before = "{'b': 5, 'm': {'x': 1}}";
    Parquet.write(file, "SELECT 1 AS id, %1$s AS s, [%1$s] AS l".formatted(before));
    TransformResult first = job.sourceAt(file).run();
    String after = "{'b': 6, 'm': {'y': 2}}";
    Parquet.write(file, "SELECT 2 AS id, %1$s AS s, [%1$s] AS l".formatted(after));

    TransformResult second = job.sourceAt(file).after(first, LATER).run();

    assertThat(Job.rows(second, "id, s, l"))
        .containsExactlyInAnyOrder(
            "1|{'b': 5, 'm': {'y': NULL}}|[{'b': 5, 'm': {'y': NULL}}]",
            "2|{'b': 6, 'm': {'y': 2}}|[{'b': 6, 'm': {'y': 2}}]");
    assertThat(second.details().at("/schema/retyped/0/inexact").asInt()).isEqualTo(1);
  }

  @Test
  void comparesTextsThatBecomeNestedValues() {
    Path file = directory.resolve("before.parquet");
    String texts = "(1, NULL), (2, '{\"a\":1}'), (3, '{\"a\":1}')";
    Parquet.write(file, "SELECT * FROM (VALUES %s) AS v (id, s)".formatted(texts));
    TransformResult first = job().key("id").sourceAt(file).run();
    String structs = "(1, NULL), (2, {'a': 1}), (3, {'a': 2})";
    Parquet.write(file, "SELECT * FROM (VALUES %s) AS v (id, s)".formatted(structs));

    TransformResult second = job().key("id").sourceAt(file).after(first, LATER).run();

    assertThat(Job.rows(second, "id, s, \"$_operation\""))
        .containsExactly("1|~|NO_CHANGE", "2|{'a': 1}|NO_CHANGE", "3|{'a': 2}|UPDATE");
  }

  /** The engine has no cast there. */
  @Test
  void aNestedValueThatBecomesANumberIsNone() {
    Path file = directory.resolve("before.parquet");
    Job job = job().key("id").stream("syncMode", "'incremental'");
    Parquet.write(
        file, "SELECT * FROM (VALUES (1, {'a': 5}), (2, {'a': 6}), (3, NULL)) AS v (id, s)");
    TransformResult first = job.sourceAt(file).run();
    Parquet.write(file, "SELECT * FROM (VALUES (2, 6), (3, NULL)) AS v (id, s)");

    TransformResult second = job.sourceAt(file).after(first, LATER).run();

    assertThat(Job.rows(second, "id, s, \"$_operation\""))
        .containsExactlyInAnyOrder("1|~|NO_CHANGE", "2|6|UPDATE", "3|~|NO_CHANGE");
    assertThat(second.details().at("/schema/retyped/0/inexact").asInt()).isEqualTo(1);
  }

  private Job structs(String json) {
    return job().key("id").config("{'nested': 'struct'}").file(json.replace('\'', '"'));
  }

  private Job job() {
    return Job.in(directory);
  }
}
