package dev.odyssey.bench;

import dev.odyssey.bench.OrderFile.Version;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long the transform takes, against the engine's own COPY of the same rows. */
@Command(
    name = "bench/transform",
    description = "Times the transform against the engine's own COPY, each run in a fresh process.",
    mixinStandardHelpOptions = true)
final class TransformBench implements Callable<Integer> {
  private static final long LARGEST_SMALL = 1_000_000;
  private static final String SHOWN = "${DEFAULT-VALUE}";

  @Option(names = "--rows", defaultValue = "1000000", description = "Rows. Default: " + SHOWN)
  private long rows;

  @Option(names = "--repeats", defaultValue = "5", description = "Rounds. Default: " + SHOWN)
  private int repeats;

  @Option(
      names = "--threads",
      defaultValue = "2",
      description = "Engine threads. Default: " + SHOWN)
  private int threads;

  @Option(names = "--memory", defaultValue = "512MB", description = "Engine's. Default: " + SHOWN)
  private String memory;

  @Option(
      names = "--growth-repeats",
      defaultValue = "1",
      description =
          "Rounds at the other size, ten times (a tenth of, above 1 million) --rows;"
              + " 0: leave growth_10x out. Default: "
              + SHOWN)
  private int growthRepeats;

  @Option(
      names = "--variants",
      split = ",",
      defaultValue = "COPY,FIRST,RESYNC,SAME,NAIVE",
      description = "Of ${COMPLETION-CANDIDATES}. Default: all")
  private List<Variant> variants;

  @Option(
      names = "--skips",
      defaultValue = "30",
      description = "Jobs with an unchanged source; 0: leave skip_vs_copy out. Default: " + SHOWN)
  private int skips;

  @Mixin private Verdict verdict;

  private final PrintStream out;

  private TransformBench(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) {
    System.exit(commandLine(System.out).execute(args));
  }

  /** Enums as people write them. */
  static CommandLine commandLine(PrintStream out) {
    return new CommandLine(new TransformBench(out)).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    Processes processes = new Processes(verdict.folder(), new Limits(threads, memory));
    out.printf("%d threads, memory limit %s, %d rounds%n", threads, memory, repeats);
    Rounds rounds = Rounds.run(processes, rows, repeats, variants);
    rounds.print(out);
    List<Figure> figures = new ArrayList<>(Figures.of(rounds));
    if (skips > 0 && rounds.have(Variant.COPY)) {
      figures.add(skip(rounds.seconds(Variant.COPY)));
    }
    if (growthRepeats > 0) {
      Rounds other = Rounds.run(processes, otherRows(), growthRepeats, Figures.GROWING);
      other.print(out);
      boolean isLarger = otherRows() > rows;
      figures.add(isLarger ? Figures.growth(rounds, other) : Figures.growth(other, rounds));
      figures.add(Figures.peak(isLarger ? other : rounds));
    } else {
      figures.add(Figures.peak(rounds));
    }
    return verdict.on(figures, out);
  }

  private Figure skip(double copy) throws IOException, InterruptedException, SQLException {
    Path source = Inputs.make(verdict.folder().resolve("data"), rows).source(Version.BASE);
    double skip = SkippedJobs.seconds(source, skips, verdict.folder().resolve("service.log"));
    out.printf(Locale.ROOT, "%njob with an unchanged source: %.3f s%n", skip);
    return Figure.atMost("skip_vs_copy", skip / copy, 0.05, 0.01);
  }

  private long otherRows() {
    return rows > LARGEST_SMALL ? rows / 10 : rows * 10;
  }
}
