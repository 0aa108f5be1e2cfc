package dev.odyssey.transform.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import java.nio.file.Path;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Keys of several columns, and of text, are matched by a hash: two that differ may share one. */
class KeyHashTest {
  private static final Instant LATER = Job.READ_AT.plusSeconds(3600);

  private static final String ONE = "42,7,";

  /** Computed from {@link #ONE}: each step of the engine's hash of whole numbers can be undone. */
  private static final String OTHER = "1,-3324441061790716704,";

  @TempDir Path directory;

  @Test
  void theseTwoShareOne() {
    assertThat(
            Job.query(
                "SELECT hash(42::BIGINT, 7::BIGINT) = hash(1::BIGINT, -3324441061790716704::BIGINT)"))
        .containsExactly("true");
  }

  @Test
  void aRowIsNoUpdateOfAnother() {
    TransformResult second = sync(sync(null, ONE + "x"), OTHER + "y");

    assertThat(second.inserted()).isEqualTo(1);
    assertThat(second.updated()).isZero();
    assertThat(second.deleted()).isEqualTo(1);
    assertThat(Job.query("SELECT a, v, \"$_operation\" FROM '%s'".formatted(second.changes())))
        .containsExactlyInAnyOrder("1|y|INSERT", "42|x|DELETE");
  }

  @Test
  void noRowIsThereTwice() {
    TransformResult first = sync(null, ONE + "x", OTHER + "y");

    TransformResult second = sync(first, ONE + "x", OTHER + "y");

    assertThat(second.unchanged()).isEqualTo(2);
    assertThat(second.totalRows()).isEqualTo(2);
    assertThat(second.changes()).isNull();
  }

  @Test
  void oneIsNewAndTheOtherUpdated() {
    TransformResult second = sync(sync(null, ONE + "x", "9,9,z"), ONE + "y", OTHER + "y", "9,9,z");

    assertThat(Job.rows(second, "a, v, \"$_operation\""))
        .containsExactly("42|y|UPDATE", "1|y|INSERT", "9|z|NO_CHANGE");
    assertThat(second.deleted()).isZero();
  }

  @Test
  void oneIsGoneAndTheOtherUpdated() {
    TransformResult second = sync(sync(null, ONE + "x", OTHER + "y"), OTHER + "z");

    assertThat(second.updated()).isEqualTo(1);
    assertThat(second.deleted()).isEqualTo(1);
    assertThat(second.totalRows()).isEqualTo(1);
  }

  /** No row has a key of which a part is NULL, in whichever column. */
  @Test
  void whatHasNoWholeKeyMatchesNothing() {
    TransformResult first = sync(null, ONE + "x");

    TransformResult second = sync(first, ONE + "x", "42,,y", ",7,y");

    assertThat(second.unchanged()).isEqualTo(1);
    assertThat(second.rejected()).isEqualTo(2);
    assertThat(second.updated() + second.deleted()).isZero();
  }

  /** A hash is of a type, and a text's is none of a number. */
  @Test
  void aPartMayHaveAnotherType() {
    TransformResult first = job(ONE + "x", "9,9,y").schema("a text", "b integer", "v text").run();

    TransformResult second = sync(first, ONE + "x", "9,9,z");

    assertThat(second.unchanged()).isEqualTo(1);
    assertThat(second.updated()).isEqualTo(1);
    assertThat(second.changes()).isNotNull();
    assertThat(second.deleted() + second.inserted()).isZero();
  }

  private TransformResult sync(TransformResult before, String... rows) {
    Job job = job(rows);
    return (before == null ? job : job.after(before, LATER)).run();
  }

  private Job job(String... rows) {
    return Job.in(directory)
        .schema("a integer", "b integer", "v text")
        .key("a", "b")
        .file("a,b,v\n" + String.join("\n", rows) + "\n");
  }
}
