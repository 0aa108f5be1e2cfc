package dev.odyssey.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.odyssey.bench.Service;
import dev.odyssey.sandbox.Fault;
import dev.odyssey.sandbox.Run;
import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.testing.ContractDatabase;
import dev.odyssey.testing.TestStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A job at which the runner's process dies each time, with others beside it. */
class CrashLoopTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final byte[] CONTENT = "id,name\n1,a\n2,b\n".getBytes(UTF_8);
  private static final int MAX_CRASHES = 2;
  private static final int MAX_KILLS = 6;

  @TempDir Path directory;

  @Test
  void endsAsADeadLetterAndCostsNoneOfTheOthers() throws Exception {
    try (var sandbox = Sandbox.throwAway()) {
      sandbox.storage().failNext(1000, new Fault.Slowness(CONTENT.length));
      UUID poison = sandbox.enqueue(stream(sandbox));
      List<UUID> neighbours = new ArrayList<>();

      int kills = 0;
      while (!sandbox.run(poison).isOver() && kills < MAX_KILLS) {
        neighbours.add(sandbox.enqueue(stream(sandbox)));
        try (var runner = start(sandbox, kills)) {
          int before = outcomes(sandbox, poison).size();
          await()
              .atMost(PATIENCE)
              .until(
                  () ->
                      outcomes(sandbox, poison).size() > before
                          || (sandbox.run(poison).isOver() && allOver(sandbox, neighbours)));
          if (!sandbox.run(poison).isOver()) {
            runner.process().destroyForcibly().waitFor();
            kills++;
          }
        }
      }

      Run run = sandbox.run(poison);
      assertThat(run.status()).isEqualTo("failed");
      assertThat(run.errorMessage()).contains("crashed the runner " + MAX_CRASHES + " times");
      assertThat(kills).isGreaterThanOrEqualTo(MAX_CRASHES);
      for (UUID neighbour : neighbours) {
        assertThat(sandbox.run(neighbour).status()).isEqualTo("completed");
        assertThat(sandbox.run(neighbour).inserted()).isEqualTo(2);
        assertThat(outcomes(sandbox, neighbour)).containsOnlyOnce("completed");
      }
      assertThat(query(sandbox, "select from pgmq.q_stream_sync_jobs")).isEmpty();
      assertThat(query(sandbox, "select from pgmq.q_stream_sync_jobs_dlq")).hasSize(1);
    }
  }

  private static boolean allOver(Sandbox sandbox, List<UUID> runs) {
    return runs.stream().allMatch(run -> sandbox.run(run).isOver());
  }

  private Service start(Sandbox sandbox, int number) throws Exception {
    return Service.begin(
        sandbox,
        Map.of(
            "MAX_CRASHES", String.valueOf(MAX_CRASHES),
            "VISIBILITY_TIMEOUT_SECONDS", "3",
            "POLL_INTERVAL_MS", "100"),
        List.of("-XX:TieredStopAtLevel=1"),
        directory.resolve("runner-" + number + ".log"));
  }

  private static UUID stream(Sandbox sandbox) throws Exception {
    return TestStream.in(sandbox).containing(CONTENT).define();
  }

  private static List<Object> outcomes(Sandbox sandbox, UUID run) throws Exception {
    return query(
            sandbox,
            "select coalesce(outcome, 'open') as outcome from odyssey.attempts where run_id = ?",
            run)
        .stream()
        .map(row -> row.get("outcome"))
        .toList();
  }

  private static List<Map<String, Object>> query(Sandbox sandbox, String sql, Object... values)
      throws Exception {
    try (var connection = sandbox.database().dataSource().getConnection()) {
      return ContractDatabase.rows(connection, sql, values);
    }
  }
}
