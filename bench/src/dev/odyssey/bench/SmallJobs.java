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
import java.util.function.IntFunction;

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
    List<UUID> streams = streams(title, database, bucket, jobs, i -> BenchDatabase.TENANT);
    return of(title, database.awaitCompleted(database.enqueue(streams)));
  }

  /**
   * Makes a stream for each job, and its object of 100 rows.
   *
   * @param tenant of the stream of each job, from 0
   */
  static List<UUID> streams(
      String title, BenchDatabase database, Path bucket, int jobs, IntFunction<UUID> tenant)
      throws IOException, SQLException {
    OrderFile orders = new OrderFile(100);
    Files.createDirectories(bucket);
    List<UUID> streams = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      String path = title.replace(' ', '-') + "-" + i + ".csv";
      orders.write(bucket.resolve(path), OrderFile.Version.BASE);
      streams.add(database.defineStream(tenant.apply(i), path, OrderFile.SCHEMA));
    }
    return streams;
  }

  private static SmallJobs of(String title, List<Times> times) {
    List<Double> millis =
        times.stream().map(t -> (t.completed() - t.claimed()) * 1000).sorted().toList();
    return new SmallJobs(title, Times.perSecond(times), millis);
  }

  /**
   * @param share 0.5 for the median
   */
  double percentile(double share) {
    return Medians.percentile(millis, share);
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
