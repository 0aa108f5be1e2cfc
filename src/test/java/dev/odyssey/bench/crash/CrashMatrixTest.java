package dev.odyssey.bench.crash;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashMatrixTest {
  @TempDir Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private final PrintStream out = new PrintStream(printed, true, UTF_8);

  @Test
  void nothingIsLostOrDoneTwiceWhateverDies() {
    int exit =
        CrashMatrix.commandLine(out)
            .execute(
                "--folder=" + folder,
                "--case=claimed:kill",
                "--case=completing:lost-answer",
                "--case=published:stop",
                "--case=downloaded:outage",
                "--case=completed:cut",
                "--case=retrying:kill",
                "--case=dead-lettering:lost-answer",
                "--case=cancelling:cut",
                "--case=random:kill");

    assertThat(exit).as(text()).isZero();
    assertThat(text()).contains("RESULT crash_cases 9").contains("RESULT kill_recovery_max_s");
  }

  @Test
  void oneLostRunIsAFailure() {
    var report = new Report(out);
    report.add(outcome(List.of()));
    assertThat(report.print()).isTrue();

    report.add(outcome(List.of("a run has not ended")));

    assertThat(report.print()).isFalse();
    assertThat(text())
        .contains("| uploaded | kill | 2 | 1 | 0 | 0 |")
        .contains("RESULT crash_lost 1");
  }

  @Test
  void anObjectThatHousekeepingLeftIsAFailure() {
    var report = new Report(out);
    report.end(new Inspection(null, null), List.of("a/b/c.parquet"));

    assertThat(report.print()).isFalse();
    assertThat(text()).contains("left in the bucket: a/b/c.parquet");
  }

  @Test
  void severalRunsMakeOneTable() throws Exception {
    for (String name : List.of("a", "b")) {
      var report = new Report(out);
      report.add(outcome(name.equals("a") ? List.of() : List.of("a run has not ended")));
      report.part().write(folder.resolve(name));
    }

    int exit = CrashMatrix.commandLine(out).execute("--merge", path("a"), path("b"));

    assertThat(exit).isEqualTo(1);
    assertThat(text()).contains("| uploaded | kill | 2 | 1 | 0 | 0 | 1.00 | 1.00 |");
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private static Outcome outcome(List<String> lost) {
    return new Outcome(
        new Case(Step.UPLOADED, Fault.KILL), lost, List.of(), List.of(), OptionalDouble.of(1));
  }

  private String text() {
    return printed.toString(UTF_8);
  }
}
