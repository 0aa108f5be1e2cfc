package dev.odyssey.transform;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A warm-up is cut short by real work. */
class WarmUpTest {
  @TempDir Path directory;

  @Test
  void doesNothingWhereATaskWaitsAlready() throws Exception {
    WarmUp.runWhile(directory, () -> false);

    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void leavesTheDiffOutForATaskThatCameMeanwhile() throws Exception {
    Iterator<Boolean> wanted = List.of(true, false).iterator();

    WarmUp.runWhile(directory, wanted::next);

    assertThat(directory.resolve("previous.parquet")).exists();
    assertThat(directory.resolve("snapshot.parquet")).doesNotExist();
  }

  @Test
  void leavesTheManyRowsOutForATaskThatCameMeanwhile() throws Exception {
    Iterator<Boolean> wanted = List.of(true, true, false).iterator();

    WarmUp.runWhile(directory, wanted::next);

    assertThat(Job.query("SELECT count(*) FROM '" + directory + "/snapshot.parquet'"))
        .containsExactly("1");
  }

  @Test
  void endsWithManyRowsWhereNothingWaits() throws Exception {
    WarmUp.run(directory);

    assertThat(Job.query("SELECT count(*), count(since) FROM '" + directory + "/snapshot.parquet'"))
        .containsExactly("10000|9999");
  }
}
