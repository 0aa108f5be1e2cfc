package dev.odyssey.transform.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams whose key, or whose type of it, changes between two syncs. */
class ChangedKeyTest {
  private static final Instant LATER = Job.READ_AT.plusSeconds(3600);

  @TempDir Path directory;

  @Test
  void comparesContentWhereTheKeyIsNew() {
    TransformResult first = job().file("a,b\nx,1\ny,2\n").run();

    TransformResult second =
        job().key("id").file("id,a,b\n1,x,1\n2,y,3\n").after(first, LATER).run();

    assertThat(second.unchanged()).isEqualTo(1);
    assertThat(second.inserted()).isEqualTo(1);
    assertThat(second.deleted()).isEqualTo(1);
  }

  @Test
  void keepsOneRowForAKeyThatWasNone() {
    TransformResult first = job().file("id,a\n1,x\n1,y\n2,z\n").run();

    TransformResult second = job().key("id").file("id,a\n1,y\n2,z\n").after(first, LATER).run();

    assertThat(second.unchanged() + second.updated()).isEqualTo(2);
    assertThat(second.deleted()).isEqualTo(1);
    assertThat(second.totalRows()).isEqualTo(2);
  }

  /** Both texts are the number 5. */
  @ParameterizedTest
  @ValueSource(strings = {"number", "decimal(9,2)", "double"})
  void keepsOneRowOfKeysThatBecomeOneNumber(String type) {
    String file = "id,a\n5,x\n5.0,y\n7,z\n";
    TransformResult texts = job().key("id").schema("id text", "a text").file(file).run();

    TransformResult numbers =
        job().key("id").schema("id " + type, "a text").stream("syncMode", "'incremental'")
            .file("id,a\n7,z\n")
            .after(texts, LATER)
            .run();

    assertThat(Job.rows(numbers, "id::INTEGER, a, \"$_operation\""))
        .containsExactly("7|z|NO_CHANGE", "5|y|NO_CHANGE");
    assertThat(numbers.deleted()).isEqualTo(1);
    assertThat(Job.query("SELECT a, \"$_operation\" FROM '" + numbers.changes() + "'"))
        .containsExactly("x|DELETE");
  }

  /** Of 05 and 5 only one says what the integer says. */
  @Test
  void findsTheRowOfANewKeyThatIsRetypedAtOnce() {
    TransformResult first =
        job()
            .key("a")
            .schema("a text", "b text", "c text")
            .file("a,b,c\n1,5,x\n2,05,y\n3,005,z\n")
            .run();

    TransformResult second =
        job()
            .key("b")
            .schema("a text", "b integer", "c text")
            .file("a,b,c\n1,5,x\n")
            .after(first, LATER)
            .run();

    assertThat(second.unchanged()).isEqualTo(1);
    assertThat(second.deleted()).isEqualTo(2);
  }

  /** It is deleted, so that no row which stays has lost anything. */
  @Test
  void countsNoRowAsInexactWhoseKeySaysNothingInItsNewType() {
    Job job = job().key("id").stream("syncMode", "'incremental'");
    TransformResult first = job.schema("id text", "a text").file("id,a\n05,x\n7,y\n").run();

    TransformResult second =
        job.schema("id integer", "a text").file("id,a\n8,z\n").after(first, LATER).run();

    assertThat(second.deleted()).isEqualTo(1);
    assertThat(second.details().at("/schema/retyped/0/column").asText()).isEqualTo("id");
    assertThat(second.details().at("/schema/retyped/0").has("inexact")).isFalse();
  }

  /** Nothing could ever replace it. */
  @Test
  void deletesARowThatLacksAPartOfANewKeyAlsoIncrementally() {
    TransformResult first = job().file("a,b,c\n1,2,x\n1,,y\n,2,z\n").run();

    TransformResult second =
        job().key("a", "b").stream("syncMode", "'incremental'")
            .file("a,b,c\n3,4,v\n")
            .after(first, LATER)
            .run();

    assertThat(Job.rows(second, "c, \"$_operation\""))
        .containsExactlyInAnyOrder("v|INSERT", "x|NO_CHANGE");
    assertThat(second.deleted()).isEqualTo(2);
  }

  private Job job() {
    return Job.in(directory);
  }
}
