package dev.odyssey.bench.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FuzzTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void aTargetIsFuzzedAndReported() {
    int exit =
        Fuzz.commandLine(new PrintStream(printed, true, UTF_8))
            .execute("--folder=" + folder, "--target=mapping", "--cases=50");

    assertThat(exit).as(printed.toString(UTF_8)).isZero();
    assertThat(printed.toString(UTF_8))
        .containsPattern("\\| mapping \\| \\d+ \\| 0 \\| \\d+ \\|")
        .contains("RESULT fuzz_findings 0");
    assertThat(folder.resolve("mapping/round-0.log")).isNotEmptyFile();
  }

  @Test
  void theCasesAreSharedByAllButTheCheapOnes() {
    long sharing = Target.values().length - 1L;

    assertThat(Target.CSV.cases(sharing * 100)).isEqualTo(100);
    assertThat(Target.DEFINITION.cases(sharing * 100)).isEqualTo(2000);
    assertThat(Target.CSV.cases(1)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "== Java Exception: java.lang.AssertionError: escaped | java.lang.AssertionError: escaped",
        "#  SIGSEGV (0xb) at pc=0x00007f, pid=1 | SIGSEGV (0xb) at pc=0x00007f, pid=1",
        "==7== ERROR: libFuzzer: timeout after 120 seconds | libFuzzer: timeout after 120 seconds",
        "Error: no such class | ended early: Error: no such class"
      })
  void whatWentWrongIsSaidInALine(String printed, String finding) {
    FuzzLog log = new FuzzLog("#2\tINITED cov: 1\n#16\tpulse cov: 2\n" + printed + "\n");

    assertThat(log.cases()).isEqualTo(16);
    assertThat(log.finding()).isEqualTo(finding);
  }
}
