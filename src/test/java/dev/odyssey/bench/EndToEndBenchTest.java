package dev.odyssey.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EndToEndBenchTest {
  @TempDir Path folder;

  @Test
  void printsAFigureForSmallAndLargeJobs() {
    var printed = new ByteArrayOutputStream();

    int exit =
        EndToEndBench.commandLine(new PrintStream(printed, true, UTF_8))
            .execute(
                ("--jobs 3 --warm-up 0 --streams 2 --runs 2 --rows 500 --repeats 1 --folder "
                        + folder)
                    .split(" "));

    assertThat(exit).isZero();
    assertThat(printed.toString(UTF_8))
        .containsPattern("empty database +3 jobs")
        .containsPattern("full database +3 jobs")
        .containsPattern("(?m)^RESULT small_job_p99_ms \\d+\\.\\d{3}$")
        .containsPattern("(?m)^RESULT large_job_vs_transform \\d+\\.\\d{3}$");
  }
}
