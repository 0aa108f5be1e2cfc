package dev.odyssey.bench.crash;

import dev.odyssey.sandbox.Sandbox;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** No job lost, none counted twice, whatever dies: tried at every step of a job. */
@Command(
    name = "bench/crash-matrix",
    description = "Kills, stops and cuts off two replicas at every step of a job, then looks.",
    mixinStandardHelpOptions = true,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:nothing was lost, duplicated or wrong",
      "1:something was, or the matrix itself failed",
      "2:wrong usage"
    })
final class CrashMatrix implements Callable<Integer> {
  @Option(names = "--cases", defaultValue = "98", description = "Default: ${DEFAULT-VALUE}")
  private int cases;

  @Option(
      names = "--seed",
      defaultValue = "1",
      description = "Of the order, the rows and the random times. Default: ${DEFAULT-VALUE}")
  private long seed;

  @Option(
      names = "--case",
      description = "Only these, such as completing:kill or random:stop, instead of --cases.")
  private List<String> chosen = List.of();

  @Option(
      names = "--folder",
      defaultValue = "target/crash-matrix",
      description = "For the replicas' logs. Default: ${DEFAULT-VALUE}")
  private Path folder;

  @Option(names = "--set", description = "A setting of the service: NAME=VALUE.")
  private Map<String, String> settings = Map.of();

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Keeps what was found there, also when it is stopped, for --merge.")
  private Path json;

  @Option(
      names = "--merge",
      paramLabel = "FILE",
      arity = "1..*",
      description = "Runs nothing; prints one table of what several runs kept.")
  private List<Path> parts = List.of();

  private final PrintStream out;

  private CrashMatrix(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) {
    System.exit(commandLine(System.out).execute(args));
  }

  static CommandLine commandLine(PrintStream out) {
    return new CommandLine(new CrashMatrix(out));
  }

  @Override
  public Integer call() throws IOException, SQLException, InterruptedException {
    Report report = new Report(out);
    if (!parts.isEmpty()) {
      for (Path part : parts) {
        report.add(Part.read(part));
      }
      return report.print() ? 0 : 1;
    }
    List<Case> all =
        chosen.isEmpty() ? Case.some(cases, seed) : chosen.stream().map(Case::parse).toList();
    Path here = Files.createDirectories(folder.toAbsolutePath());
    Path logs = Files.createTempDirectory(here, "seed-" + seed + "-");
    out.println("logs: " + logs);
    try (Sandbox sandbox = Sandbox.throwAway();
        Matrix matrix = new Matrix(sandbox, settings, logs, seed)) {
      for (Case next : all) {
        report.add(matrix.run(next));
        keep(report);
      }
      List<String> left = matrix.bucket().leftAfterHousekeeping();
      report.end(matrix.bucket().inspectRows(), left);
      keep(report);
      return report.print() ? 0 : 1;
    }
  }

  private void keep(Report report) throws IOException {
    if (json != null) {
      report.part().write(json);
    }
  }
}
