package dev.odyssey.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WakeUpBenchTest {
  @TempDir Path folder;

  @Test
  void printsBothWaitsAndTheirRatio() {
    var printed = new ByteArrayOutputStream();

    int exit =
        WakeUpBench.commandLine(new PrintStream(printed, true, UTF_8))
            .execute(("--jobs 2 --polled 2 --poll-interval 300 --folder " + folder).split(" "));

    assertThat(exit).isZero();
    assertThat(printed.toString(UTF_8))
        .containsPattern("woken by NOTIFY +2 jobs")
        .containsPattern("polling alone +2 jobs")
        .containsPattern("(?m)^RESULT wake_up_vs_polling \\d+\\.\\d{3}$");
  }
}
