package dev.odyssey.bench;

import dev.odyssey.bench.BenchDatabase.Times;
import dev.odyssey.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** How long a job takes whose source has not changed, in the service as it is, on a sandbox. */
final class SkippedJobs {
  private SkippedJobs() {}

  /**
   * Syncs the source, then asks for the same again and again, one job after the other; as many
   * before the first that counts, so that the service is as warm as one that has run for a while.
   *
   * @return seconds from claim to completion, the median
   */
  static double seconds(Path source, int jobs, Path log)
      throws IOException, InterruptedException, SQLException {
    try (Sandbox sandbox = Sandbox.throwAway()) {
      Path bucket = Files.createDirectories(sandbox.storageFolder().resolve("schema-files"));
      Files.copy(source, bucket.resolve("orders.csv"));
      BenchDatabase database = new BenchDatabase(sandbox.database().dataSource());
      try (Service service = Service.begin(sandbox, Map.of(), List.of(), log)) {
        service.awaitReady();
        UUID stream = database.defineStream("orders.csv", OrderFile.SCHEMA);
        sync(database, stream, 1 + jobs);
        return Medians.of(sync(database, stream, jobs), t -> t.completed() - t.claimed());
      }
    }
  }

  private static List<Times> sync(BenchDatabase database, UUID stream, int jobs)
      throws SQLException, InterruptedException {
    List<Times> times = new ArrayList<>();
    for (int i = 0; i < jobs; i++) {
      times.addAll(database.awaitCompleted(database.enqueue(List.of(stream))));
    }
    return times;
  }
}
