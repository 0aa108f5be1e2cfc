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
}
