package dev.odyssey.bench;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What every benchmark with figures is told alike, and how it ends. */
@Command(
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:measured; a missed aim is told",
      "1:a run failed, or --check and an aim is missed",
      "2:wrong usage"
    })
final class Verdict {
  @Option(
      names = "--folder",
      defaultValue = "target/bench",
      description = "For data and logs. Default: ${DEFAULT-VALUE}")
  private Path folder;

  @Option(names = "--check", description = "Exit with 1 where an aim is missed.")
  private boolean check;

  Path folder() {
    return folder.toAbsolutePath();
  }

  /** Reports the figures; the exit code. */
  int on(List<Figure> figures, PrintStream out) {
    return Figures.report(figures, out) && check ? 1 : 0;
  }
}
