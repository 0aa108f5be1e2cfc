package dev.odyssey.bench;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

class TypesBenchTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void everyKindOfValuesFitsItsType() {
    assertThat(bench("--rows", "200", "--repeats", "1")).isZero();

    assertThat(printed.toString(UTF_8).lines().filter(line -> line.startsWith("RESULT")))
        .hasSize(ColumnKind.values().length)
        .allMatch(line -> line.matches("RESULT first_vs_copy_cpu_[a-z_]+ \\d+\\.\\d{2}"));
  }

  @Test
  void refusesAnUnknownKind() {
    assertThat(bench("--kinds", "money,weight")).isEqualTo(2);
  }

  private int bench(String... options) {
    return TypesBench.commandLine(new PrintStream(printed, true, UTF_8)).execute(options);
  }
}
