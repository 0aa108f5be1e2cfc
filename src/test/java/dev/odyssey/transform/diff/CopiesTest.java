package dev.odyssey.transform.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows without a key that are there several times. */
class CopiesTest {
  private static final String AGES =
      "\"$_operation\", date_diff('second', \"$_last_updated\", TIMESTAMPTZ '%s')"
          .formatted(Job.READ_AT.plusSeconds(3));

  @TempDir Path directory;

  @Test
  void eachCopyKeepsWhenItCame() {
    Job job = Job.in(directory);
    TransformResult one = job.file("a,b\n1,x\n").run();
    TransformResult two = job.after(one, Job.READ_AT.plusSeconds(1)).file("a,b\n1,x\n1,x\n").run();

    TransformResult same = job.after(two, Job.READ_AT.plusSeconds(2)).file("a,b\n1,x\n1,x\n").run();
    assertThat(same.unchanged()).isEqualTo(2);
    assertThat(Job.rows(same, AGES)).containsExactlyInAnyOrder("NO_CHANGE|3", "NO_CHANGE|2");

    TransformResult less = job.after(same, Job.READ_AT.plusSeconds(3)).file("a,b\n1,x\n").run();
    assertThat(Job.rows(less, AGES)).as("the first stays").containsExactly("NO_CHANGE|3");
    assertThat(Job.query("SELECT %s FROM '%s'".formatted(AGES, less.changes())))
        .as("the later one goes")
        .containsExactly("DELETE|2");
  }

  @Test
  void asManyGoAsTheFileHasFewerOf() {
    Job job = Job.in(directory).schema("a integer");
    TransformResult first =
        job.file("a\n" + "1\n".repeat(5) + "2\n".repeat(3) + "3\n" + "4\n4\n").run();

    TransformResult second =
        job.after(first, Job.READ_AT.plusSeconds(1))
            .file("a\n" + "1\n".repeat(2) + "2\n".repeat(4) + "3\n3\n" + "5\n5\n")
            .run();

    assertThat(second.unchanged()).isEqualTo(2 + 3 + 1);
    assertThat(second.inserted()).isEqualTo(1 + 1 + 2);
    assertThat(second.deleted()).isEqualTo(3 + 2);
    assertThat(
            Job.query(
                "SELECT a, \"$_operation\", count(*) FROM '%s' GROUP BY ALL"
                    .formatted(second.changes())))
        .containsExactlyInAnyOrder(
            "1|DELETE|3", "2|INSERT|1", "3|INSERT|1", "4|DELETE|2", "5|INSERT|2");
  }

  /** The last snapshot has no such key, so that rows are matched by what else they hold. */
  @Test
  void aRowThatItsKeyRejectsTakesNoPlace() {
    TransformResult first = Job.in(directory).schema("a text").file("a\nx\ny\nz\n").run();

    TransformResult second =
        Job.in(directory)
            .schema("a text", "id integer")
            .key("id")
            .after(first, Job.READ_AT.plusSeconds(1))
            .file("a,id\nx,\ny,1\ny,1\nz,2\n")
            .run();

    assertThat(second.rejected()).isEqualTo(2);
    assertThat(Job.rows(second, "a, id")).containsExactly("y|1", "z|2");
    assertThat(second.unchanged()).isEqualTo(2);
    assertThat(second.deleted()).isEqualTo(1);
    assertThat(
            Job.query(
                "SELECT a FROM '%s' WHERE \"$_operation\" = 'DELETE'".formatted(second.changes())))
        .containsExactly("x");
  }
}
