package dev.odyssey.bench;

import dev.odyssey.bench.BenchDatabase.Times;
import dev.odyssey.bench.OrderFile.Version;
import dev.odyssey.sandbox.Sandbox;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What a job costs besides its transform, and how many small ones go through. */
@Command(
    name = "bench/end-to-end",
    description = "Times whole jobs, from the queue to the published snapshot, on a sandbox.",
    mixinStandardHelpOptions = true)
final class EndToEndBench implements Callable<Integer> {
  private static final String SHOWN = "${DEFAULT-VALUE}";

  @Option(
      names = "--rows",
      defaultValue = "1000000",
      description = "Of the large job; 0: none. Default: " + SHOWN)
  private long rows;

  @Option(names = "--repeats", defaultValue = "3", description = "Large jobs. Default: " + SHOWN)
  private int repeats;

  @Option(names = "--jobs", defaultValue = "1000", description = "Small jobs. Default: " + SHOWN)
  private int jobs;

  @Option(
      names = "--warm-up",
      defaultValue = "300",
      description = "Small jobs before. Default: " + SHOWN)
  private int warmUp;

  @Option(
      names = "--streams",
      defaultValue = "10000",
      description = "Of the full database. Default: " + SHOWN)
  private int streams;

  @Option(
      names = "--runs",
      defaultValue = "10",
      description = "Of each of these. Default: " + SHOWN)
  private int runs;

  @Option(names = "--set", description = "A setting of the service: NAME=VALUE.")
  private final Map<String, String> settings = new LinkedHashMap<>();

  @Option(names = "--jvm-option", description = "An option for the service's JVM.")
  private final List<String> jvmOptions = new ArrayList<>();

  @Mixin private Verdict verdict;

  private final PrintStream out;

  private EndToEndBench(PrintStream out) {
    this.out = out;
    settings.put("POLL_INTERVAL_MS", "100"); // so that waiting for the poll is not what is measured
  }

  public static void main(String[] args) {
    System.exit(commandLine(System.out).execute(args));
  }

  static CommandLine commandLine(PrintStream out) {
    return new CommandLine(new EndToEndBench(out));
  }

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    Path log = verdict.folder().resolve("service.log");
    try (Sandbox sandbox = Sandbox.throwAway()) {
      BenchDatabase database = new BenchDatabase(sandbox.database().dataSource());
      try (Service service = Service.start(sandbox, settings, jvmOptions, log)) {
        List<Figure> figures = new ArrayList<>();
        Path bucket = sandbox.storageFolder().resolve("schema-files");
        smallJobs(database, service, bucket, figures);
        if (rows > 0) {
          largeJobs(database, bucket, figures);
        }
        out.printf(
            Locale.ROOT, "the service's peak: %.0f MiB; its log: %s%n", service.peakMib(), log);
        return verdict.on(figures, out);
      }
    }
  }

  private void smallJobs(BenchDatabase database, Service service, Path bucket, List<Figure> figures)
      throws IOException, InterruptedException, SQLException {
    if (warmUp > 0) {
      SmallJobs.run("warm-up", database, bucket, warmUp).print(out);
    }
    Duration before = service.cpu();
    Duration beforeOfChildren = service.cpuOfChildren();
    SmallJobs empty = SmallJobs.run("empty database", database, bucket, jobs);
    empty.print(out);
    out.printf(
        Locale.ROOT,
        "CPU time a job: the service %.0f ms, its transform processes %.0f ms%n",
        (double) service.cpu().minus(before).toMillis() / jobs,
        (double) service.cpuOfChildren().minus(beforeOfChildren).toMillis() / jobs);
    database.addHistory(streams, runs);
    SmallJobs full = SmallJobs.run("full database", database, bucket, jobs);
    full.print(out);
    figures.add(Figure.atLeast("small_jobs_per_second", empty.perSecond(), 30, 30));
    figures.add(Figure.atMost("small_job_p50_ms", empty.percentile(0.5), 150, 150));
    figures.add(Figure.atMost("small_job_p99_ms", empty.percentile(0.99), 150, 150));
    double growth = full.percentile(0.5) / empty.percentile(0.5);
    figures.add(Figure.atMost("full_vs_empty_database", growth, 1.1, 1.0));
  }

  private void largeJobs(BenchDatabase database, Path bucket, List<Figure> figures)
      throws IOException, InterruptedException, SQLException {
    Processes processes = new Processes(verdict.folder(), new Limits(2, "1GB"));
    Inputs inputs = Inputs.make(verdict.folder().resolve("data"), rows);
    Files.createDirectories(bucket);
    Files.copy(inputs.source(Version.BASE), bucket.resolve("large.csv"));
    List<Double> jobToTransform = new ArrayList<>();
    for (int i = 0; i < repeats; i++) {
      double alone = processes.run(Variant.FIRST, rows).seconds();
      UUID stream = database.defineStream("large.csv", OrderFile.SCHEMA);
      Times times = database.awaitCompleted(database.enqueue(List.of(stream))).get(0);
      double job = times.completed() - times.created();
      out.printf(Locale.ROOT, "%,d rows: job %.2f s, transform alone %.2f s%n", rows, job, alone);
      jobToTransform.add(job / alone);
    }
    double ratio = Medians.of(jobToTransform, Double::doubleValue);
    figures.add(Figure.atMost("large_job_vs_transform", ratio, 1.3, 1.3));
  }
}
