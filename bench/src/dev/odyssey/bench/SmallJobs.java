package dev.odyssey.bench;

import dev.odyssey.bench.BenchDatabase.Times;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/**
 * How many small jobs were done, and how fast each: one job a stream, all of them queued at once.
 *
 * @param perSecond from the first claim to the last completion
 * @param millis of each job from claim to completion, ascending
 */
record SmallJobs(String title, double perSecond, List<Double> millis) {

  /**
   * Makes the streams and their objects, queues a job for each and waits for the last.
   *
   * @param bucket where the storage stand-in keeps the objects of {@code schema-files}
   */
  static SmallJobs run(String title, BenchDatabase database, Path bucket, int jobs)
      throws IOException, SQLException, InterruptedException {
    OrderFile orders = new OrderFile(100);
    List<UUID> streams = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      String path = title.replace(' ', '-') + "-" + i + ".csv";
      orders.write(Files.createDirectories(bucket).resolve(path), OrderFile.Version.BASE);
      streams.add(database.defineStream(path, OrderFile.SCHEMA));
    }
    return of(title, database.awaitCompleted(database.enqueue(streams)));
  }

  private static SmallJobs of(String title, List<Times> times) {
    double first = times.stream().mapToDouble(Times::claimed).min().orElseThrow();
    double last = times.stream().mapToDouble(Times::completed).max().orElseThrow();
    List<Double> millis =
        times.stream().map(t -> (t.completed() - t.claimed()) * 1000).sorted().toList();
    return new SmallJobs(title, times.size() / (last - first), millis);
  }

  /**
   * @param share 0.5 for the median
   */
  double percentile(double share) {
    return millis.get((int) (share * (millis.size() - 1)));
  }

  void print(PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%-24s %6d jobs %8.1f jobs/s   p50 %6.0f ms   p99 %6.0f ms%n",
        title,
        millis.size(),
        perSecond,
        percentile(0.5),
        percentile(0.99));
  }
}
