package dev.odyssey.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
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
  public Integer call() throws IOException, InterruptedException {
    Processes processes = new Processes(verdict.folder(), new Limits(threads, memory));
    out.printf("%d threads, memory limit %s, %d rounds%n", threads, memory, repeats);
    Rounds rounds = Rounds.run(processes, rows, repeats, variants);
    rounds.print(out);
    List<Figure> figures = new java.util.ArrayList<>(Figures.of(rounds));
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

  private long otherRows() {
    return rows > LARGEST_SMALL ? rows / 10 : rows * 10;
  }
}
