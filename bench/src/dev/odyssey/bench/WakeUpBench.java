package dev.odyssey.bench;

import dev.odyssey.bench.BenchDatabase.Times;
import dev.odyssey.sandbox.Sandbox;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How soon an idle runner claims a job: when it hears of it, and when it only polls. */
@Command(
    name = "bench/wake-up",
    description =
        "Times from enqueue to claim on an idle runner: woken by NOTIFY, then polling alone.",
    mixinStandardHelpOptions = true)
final class WakeUpBench implements Callable<Integer> {
  private static final String SHOWN = "${DEFAULT-VALUE}";
  private static final int WARM_UP = 5;

  @Option(names = "--jobs", defaultValue = "60", description = "Woken. Default: " + SHOWN)
  private int jobs;

  @Option(names = "--polled", defaultValue = "20", description = "Polled for. Default: " + SHOWN)
  private int polled;

  @Option(
      names = "--poll-interval",
      defaultValue = "5000",
      description = "Of the runner, in ms. Default: the product's, " + SHOWN)
  private int pollMillis;

  @Mixin private Verdict verdict;

  private final Random random = new Random(7);
  private final PrintStream out;

  private WakeUpBench(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] args) {
    System.exit(commandLine(System.out).execute(args));
  }

  static CommandLine commandLine(PrintStream out) {
    return new CommandLine(new WakeUpBench(out));
  }

  @Override
  public Integer call() throws IOException, InterruptedException, SQLException {
    try (Sandbox sandbox = Sandbox.throwAway()) {
      var database = new BenchDatabase(sandbox.database().dataSource());
      Path bucket = Files.createDirectories(sandbox.storageFolder().resolve("schema-files"));
      Files.writeString(bucket.resolve("idle.csv"), "id\n1\n");
      UUID stream = database.defineStream("idle.csv", "[]");
      double woken = medianMillis(sandbox, database, stream, true);
      double waited = medianMillis(sandbox, database, stream, false);
      List<Figure> figures =
          List.of(
              Figure.atMost("wake_up_ms_p50", woken, 200, 50),
              Figure.atMost("wake_up_vs_polling", woken / waited, 0.2, 0.05));
      return verdict.on(figures, out);
    }
  }

  private double medianMillis(
      Sandbox sandbox, BenchDatabase database, UUID stream, boolean listening)
      throws IOException, InterruptedException, SQLException {
    var settings =
        Map.of("DATABASE_LISTEN", "" + listening, "POLL_INTERVAL_MS", String.valueOf(pollMillis));
    Path log = verdict.folder().resolve("wake-up.log");
    List<Double> millis = new ArrayList<>();
    try (Service service = Service.begin(sandbox, settings, List.of(), log)) {
      service.awaitReady();
      waitsMillis(database, stream, listening ? WARM_UP : 1);
      millis.addAll(waitsMillis(database, stream, listening ? jobs : polled));
    }
    Collections.sort(millis);
    double median = Medians.of(millis, Double::doubleValue);
    out.printf(
        Locale.ROOT,
        "%-16s %4d jobs   least %6.0f ms   p50 %6.0f ms   p90 %6.0f ms   most %6.0f ms%n",
        listening ? "woken by NOTIFY" : "polling alone",
        millis.size(),
        millis.get(0),
        median,
        Medians.percentile(millis, 0.9),
        millis.get(millis.size() - 1));
    return median;
  }

  /** One job after the other, each at some moment between two polls, on a runner without work. */
  private List<Double> waitsMillis(BenchDatabase database, UUID stream, int count)
      throws SQLException, InterruptedException {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      TimeUnit.MILLISECONDS.sleep(200 + random.nextInt(pollMillis));
      Times times = database.awaitCompleted(database.enqueue(List.of(stream))).get(0);
      millis.add((times.claimed() - times.created()) * 1000);
    }
    return millis;
  }
}
