package dev.odyssey.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransformBenchTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void printsAFigureForEachRatio() {
    int exit =
        bench("--rows", "800", "--repeats", "1", "--skips", "1", "--variants", "COPY,FIRST,NAIVE");

    assertThat(exit).isZero();
    assertThat(printed.toString(UTF_8))
        .contains("800 rows")
        .containsPattern("(?m)^RESULT first_sync_vs_copy \\d+\\.\\d{3}$")
        .containsPattern("(?m)^RESULT skip_vs_copy \\d+\\.\\d{3}$")
        .containsPattern("(?m)^RESULT peak_rss_mib \\d+\\.\\d{3}$");
  }

  @Test
  void refusesAnUnknownOption() {
    assertThat(bench("--row", "1")).isEqualTo(2);
  }

  private int bench(String... options) {
    return TransformBench.commandLine(new PrintStream(printed, true, UTF_8))
        .execute(
            java.util.stream.Stream.concat(
                    java.util.stream.Stream.of(options),
                    java.util.stream.Stream.of(
                        "--folder", folder.toString(), "--growth-repeats", "0"))
                .toArray(String[]::new));
  }
}
