package dev.odyssey.transform.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.engine.Sql;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** From a name in the file to a name in the snapshot, whatever the names. */
class MappingNamesTest {
  @TempDir Path directory;

  @ParameterizedTest
  @MethodSource("dev.odyssey.transform.engine.SqlTest#nastyNames")
  void anyNameCanBeATarget(String name) {
    TransformResult result = Job.in(directory).file("a,b\n1,2\n").mapping("a", name + "!").run();

    assertThat(Job.rows(result, Sql.identifier(name + "!"))).containsExactly("1");
  }

  @ParameterizedTest
  @MethodSource("dev.odyssey.transform.engine.SqlTest#nastyNames")
  void anyNameCanBeASourceAndInAnExpression(String name) {
    String header = (name + "!").replaceAll("[\\r\\n]", "_");
    String quoted = '"' + header.replace("\"", "\"\"") + '"';

    TransformResult result =
        Job.in(directory)
            .file(quoted + ",b\n1,2\n")
            .mapping(header, "plain")
            .transform("made", quoted + " || b")
            .run();

    assertThat(Job.rows(result, "plain, made")).containsExactly("1|12");
  }

  @Test
  void ambiguousNamesFailAndSayWhich() {
    Job job = Job.in(directory).file("ID ,b, id\n1,2,3\n").config("{'csv': {'header': true}}");

    assertThatExceptionOfType(PermanentFailure.class)
        .isThrownBy(() -> job.transform("x", "\"Id\" || b").run())
        .withMessageContaining("\"Id\" could be \"ID\", \"id_1\"");
    assertThatExceptionOfType(PermanentFailure.class)
        .isThrownBy(() -> Job.in(directory).file("ID,id\n1,2\n").mapping("Id", "x").run())
        .withMessageContaining("\"Id\" could be \"ID\", \"id_1\"");
  }

  @Test
  void doubtsATypeForAColumnThatIsMisspelt() {
    Job job = Job.in(directory).file("a,b\n1,2\n").schema("amout number", "b text", "c integer");

    TransformResult result = job.mapping("a", "amount").mapping("b", "b").run();

    assertThat(result.details().path("doubts"))
        .singleElement()
        .satisfies(doubt -> assertThat(doubt.asText()).contains("\"amout\"", "\"amount\""));
  }

  /** Without a type it would be a text all the same. */
  @Test
  void doubtsNoTextForAColumnThatIsMisspelt() {
    Job job = Job.in(directory).file("a,b\n1,2\n").schema("amout text");

    TransformResult result = job.mapping("a", "amount").mapping("b", "b").run();

    assertThat(result.details().has("doubts")).isFalse();
  }

  /** Though it is nearly the name of another, which has no type. */
  @Test
  void doubtsNoTypeOfAColumnThatIsThere() {
    Job job = Job.in(directory).file("a,b\n1,2\n").schema("amount number");

    TransformResult result = job.mapping("a", "amount").mapping("b", "amounts").run();

    assertThat(result.details().has("doubts")).isFalse();
  }

  @Test
  void doubtsATypeInAMappingWhereTheSchemaHasNone() {
    Job job = Job.in(directory).file("a,b\n1,2\n").schema("total integer");

    TransformResult result =
        job.definition(
                "fieldMappings",
                """
                [{"source": "a", "target": "amount", "type": "number"},
                 {"source": "b", "target": "total", "type": "integer"}]""")
            .run();

    assertThat(result.details().path("doubts"))
        .singleElement()
        .satisfies(doubt -> assertThat(doubt.asText()).contains("\"amount\"", "\"number\""));
  }

  @Test
  void doubtsNoTypeOfAColumnThatIsLeftOut() {
    Job job = Job.in(directory).file("a,b\n1,2\n").schema("line1 integer", "line2 integer");

    TransformResult result = job.mapping("a", "line2").mapping("b", "note").run();

    assertThat(result.details().has("doubts")).isFalse();
  }

  @Test
  void aTypeIsFoundByANameThatDiffersInCaseAlone() {
    Job job = Job.in(directory).file("a\n007\n").schema("Amount integer");

    assertThat(Job.rows(job.mapping("a", "amount").run(), "amount")).containsExactly("7");
  }

  @Test
  void aNameThatIsThereTwiceIsNumbered() {
    TransformResult result =
        Job.in(directory)
            .file("id,name,name\n1,a,b\n")
            .mapping("name", "first")
            .mapping("name_1", "second")
            .run();

    assertThat(Job.rows(result, "first, second")).containsExactly("a|b");
  }

  @Test
  void theFileLacksAColumn() {
    assertThatExceptionOfType(PermanentFailure.class)
        .isThrownBy(() -> Job.in(directory).file("id,name\n1,a\n").mapping("nmae", "x").run())
        .withMessageContaining("no column \"nmae\"")
        .withMessageContaining("\"id\", \"name\"");
  }

  @Test
  void aRefusalPointsAtThePlaceInCharacters() {
    assertThatExceptionOfType(PermanentFailure.class)
        .isThrownBy(
            () ->
                Job.in(directory)
                    .file("größe,b\n1,a\n")
                    .transform("x", "größe || '€€' || getenv('HOME')")
                    .run())
        .withMessageContaining("refused at character 18, \"getenv('HOME')\"");
  }
}
