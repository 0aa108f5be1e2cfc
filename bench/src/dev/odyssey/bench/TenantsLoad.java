package dev.odyssey.bench;

import dev.odyssey.bench.BenchDatabase.Times;
import dev.odyssey.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** Jobs of several tenants, one of which queues half of them before all others. */
final class TenantsLoad {
  private final Path bucket;
  private final BenchDatabase database;
  private final SharedQueue.Inspection inspection;
  private final int tenants;

  TenantsLoad(Sandbox sandbox, int tenants, int replicas) throws SQLException {
    this.bucket = sandbox.storageFolder().resolve("schema-files");
    this.database = new BenchDatabase(sandbox.database().dataSource());
    this.inspection = new SharedQueue.Inspection(sandbox.database().dataSource(), replicas);
    this.tenants = tenants;
  }

  /** Queues the jobs, waits for the last and looks at what the database knows of them. */
  SharedQueue run(String title, int jobs) throws IOException, SQLException, InterruptedException {
    List<UUID> streams = SmallJobs.streams(title, database, bucket, jobs, i -> tenant(i, jobs));
    AtomicLong connections = new AtomicLong();
    ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    try {
      Future<?> counting =
          clock.scheduleWithFixedDelay(
              () -> connections.accumulateAndGet(inspection.connections(), Math::max),
              0,
              1,
              TimeUnit.SECONDS);
      List<UUID> runs = database.enqueue(streams);
      List<Times> times = database.awaitCompleted(runs);
      if (counting.isDone()) {
        throw new IllegalStateException("The connections could not be counted");
      }
      return inspection.of(runs, times, connections.get());
    } finally {
      clock.shutdown();
    }
  }

  private UUID tenant(int job, int jobs) {
    return new UUID(0, job < jobs / 2 || tenants == 1 ? 0 : 1 + job % (tenants - 1));
  }
}
