package dev.odyssey.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.sandbox.Run;
import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.testing.SandboxRunner;
import dev.odyssey.testing.TestStream;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A file that kills every process that touches it costs two processes and one run. */
class TransformDeathTest {
  private static final int ROWS = 1_000_000;

  @Test
  void theSecondDeathIsTheLastAndANeighbourGoesOn() throws Exception {
    try (var sandbox = Sandbox.throwAway();
        var runner =
            SandboxRunner.start(sandbox, Map.of("TRANSFORM_DISK_LIMIT_BYTES", "5000000"))) {
      UUID deadly =
          TestStream.in(sandbox)
              .containing(
                  IntStream.range(0, ROWS)
                      .mapToObj(row -> "%d,%d\n".formatted(row, row * 7L))
                      .collect(Collectors.joining("", "id,n\n", ""))
                      .getBytes(UTF_8))
              .define();
      UUID neighbour = TestStream.in(sandbox).containing("id\n1\n".getBytes(UTF_8)).define();

      UUID deadlyRun = sandbox.enqueue(deadly);
      assertThat(runner.sync(neighbour).status()).isEqualTo("completed");
      Run run = runner.over(deadlyRun);

      assertThat(run.status()).isEqualTo("failed");
      assertThat(run.errorMessage()).contains("process died", "TRANSFORM_DISK_LIMIT_BYTES");
      try (var connection = sandbox.database().dataSource().getConnection();
          var statement = connection.createStatement();
          var row =
              statement.executeQuery(
                  "select string_agg(outcome, ' ' order by begun_at) from odyssey.attempts"
                      + " where run_id = '"
                      + deadlyRun
                      + "'")) {
        row.next();
        assertThat(row.getString(1)).isEqualTo("retried dead-lettered");
      }
    }
  }
}
