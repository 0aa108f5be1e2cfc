package dev.odyssey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.odyssey.sandbox.Sample;
import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.testing.SandboxRunner;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WakeUpTest {
  /**
   * After the first poll, at the start, the next is an hour away: only a wake-up can be in time.
   */
  private static final Map<String, String> HARDLY_POLLING = Map.of("POLL_INTERVAL_MS", "3600000");

  @Test
  void aJobStartsWhenItIsEnqueuedAndNotAtTheNextPoll() throws Exception {
    try (Sandbox sandbox = Sandbox.throwAway();
        SandboxRunner runner = SandboxRunner.start(sandbox, HARDLY_POLLING)) {
      sandbox.installSamples(1);
      await("a listener").atMost(Duration.ofSeconds(60)).until(() -> listeners(sandbox) == 1);

      assertThat(runner.sync(Sample.PRODUCTS.streamId()).isCompleted()).isTrue();

      disconnectListeners(sandbox);
      await("a listener").atMost(Duration.ofSeconds(60)).until(() -> listeners(sandbox) == 1);
      assertThat(runner.sync(Sample.PRODUCTS.streamId()).isCompleted()).isTrue();
    }
  }

  private static long listeners(Sandbox sandbox) throws Exception {
    return ask(sandbox, "select count(*) from pg_stat_activity where query like 'listen odyssey%'");
  }

  private static void disconnectListeners(Sandbox sandbox) throws Exception {
    ask(
        sandbox,
        "select count(pg_terminate_backend(pid)) from pg_stat_activity"
            + " where query like 'listen odyssey%'");
  }

  private static long ask(Sandbox sandbox, String sql) throws Exception {
    try (var connection = sandbox.database().dataSource().getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }
}
