package dev.odyssey.transform.diff;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A snapshot has the rows in the order of the file, then those that stay from the last one in
 * theirs. Of many thousand rows, since the engine's joins change the order of vectors of 2,048.
 */
class RowOrderTest {
  private static final int ROWS = 30_000;

  @TempDir Path directory;

  @Test
  void ofRowsOfWhichTheirKeyRejectsMost() {
    int[] versions = new Random(1).ints(ROWS).toArray();
    TransformResult result =
        Job.in(directory).schema("id integer", "line integer", "version integer").key("id").stream(
                "cursorField", "\"version\"")
            .config("{'maxRejectRatio': 1}")
            .file(rows("id,line,version\n", i -> i % 1_000 + "," + i + "," + versions[i]))
            .run();

    assertThat(result.duplicateKeys()).isEqualTo(ROWS - 1_000);
    assertInOrder(result);
  }

  @Test
  void ofRowsWithoutAKeyThatAreThereSeveralTimes() {
    Job job = Job.in(directory).schema("line integer");
    TransformResult first = job.file(rows("line\n", i -> String.valueOf(i / 3))).run();
    TransformResult second =
        job.after(first, Job.READ_AT.plusSeconds(1))
            .file(rows("line\n", i -> String.valueOf(i / 4)))
            .run();

    assertThat(second.unchanged()).isEqualTo(ROWS / 4 * 3);
    assertThat(second.inserted()).isEqualTo(ROWS / 4);
    assertInOrder(second);
  }

  @Test
  void ofRowsThatStay() {
    Job job =
        Job.in(directory).schema("id integer", "line integer").key("id").stream(
            "syncMode", "\"incremental\"");
    TransformResult first = job.file(rows("id,line\n", i -> scattered(i) + "," + (i + 5))).run();
    TransformResult second =
        job.after(first, Job.READ_AT.plusSeconds(1))
            .file("id,line\n-1,0\n%d,1\n-2,2\n".formatted(scattered(7)))
            .run();

    assertThat(second.totalRows()).isEqualTo(ROWS + 2);
    assertInOrder(second);
  }

  /** Each number below {@link #ROWS} once, in no order. */
  private static int scattered(int i) {
    return i * 7_919 % ROWS;
  }

  private static String rows(String header, IntFunction<String> row) {
    return IntStream.range(0, ROWS).mapToObj(row).collect(Collectors.joining("\n", header, "\n"));
  }

  private static void assertInOrder(TransformResult result) {
    assertThat(
            Job.query(
                """
                SELECT count(*)
                FROM (SELECT line < lag(line) OVER (ORDER BY file_row_number) AS back FROM '%s')
                WHERE back"""
                    .formatted(result.snapshot())))
        .containsExactly("0");
  }
}
