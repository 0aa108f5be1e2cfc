package dev.odyssey.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.testing.ContractDatabase;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code odyssey.show_runs} and {@code odyssey.find_runs}: the last runs, and one by its start. */
class ShowRunsTest {
  @AutoClose private static final ContractDatabase database = ContractDatabase.start();

  private UUID failed;
  private UUID retried;
  private UUID completed;
  private UUID waiting;

  @BeforeEach
  void runsInEveryState() {
    database.execute(
        "truncate pgmq.q_stream_sync_jobs, pgmq.q_stream_sync_jobs_dlq, odyssey.leases,"
            + " odyssey.steps, odyssey.attempts");
    failed = database.enqueueNew();
    database.deadLetter(begun());
    completed = database.enqueueNew();
    database.complete(begun(), 7);
    retried = database.enqueueNew();
    UUID first = begun();
    database.retry(first, 3);
    database.retry(begun(), 3);
    waiting = database.enqueueNew();
  }

  @Test
  void showsTheLastRunsWithTheirStateNewestFirst() throws Exception {
    JsonNode runs = runs("select odyssey.show_runs()");

    assertThat(ids(runs)).containsExactly(waiting, retried, completed, failed);
    assertThat(runs.findValuesAsText("status"))
        .containsExactly("pending", "pending", "completed", "failed");
    assertThat(runs.get(0).path("attempts").asInt()).isZero();
    assertThat(runs.get(0).path("waitingSeconds").asDouble()).isZero();
    assertThat(runs.get(1).path("attempts").asInt()).isEqualTo(2);
    assertThat(runs.get(2).at("/counts/processed").asInt()).isEqualTo(7);
    assertThat(runs.get(3).path("error").asText()).isEqualTo("bad file");
    assertThat(runs.get(3).path("streamName").asText()).startsWith("stream ");
    assertThat(runs.get(3).path("waitingSeconds").isNull()).isTrue();
  }

  @Test
  void showsOnlyThoseAskedFor() throws Exception {
    assertThat(ids(runs("select odyssey.show_runs(p_failed => true)")))
        .containsExactly(retried, failed);
    assertThat(ids(runs("select odyssey.show_runs(p_limit => 2)")))
        .containsExactly(waiting, retried);
    UUID stream =
        (UUID) database.value("select stream_id from odyssey.attempts where run_id = ?", completed);
    assertThat(ids(runs("select odyssey.show_runs('" + stream + "')"))).containsExactly(completed);
  }

  @Test
  void findsARunByTheBeginningOfItsId() {
    for (UUID run : List.of(failed, completed, waiting)) {
      for (int length : new int[] {8, 9, 20, 36}) {
        String prefix = run.toString().substring(0, length);
        assertThat(found(prefix)).contains(run);
        assertThat(found(prefix.toUpperCase(java.util.Locale.ROOT))).contains(run);
      }
    }
    assertThat(found(failed + "0")).isEmpty();
    assertThat(found("no id")).isEmpty();
  }

  private static UUID begun() {
    UUID token = database.claim("runner", 1, 60).get(0).token();
    assertThat(database.begin(token)).isTrue();
    return token;
  }

  private static List<Object> found(String prefix) {
    return database.rows("select odyssey.find_runs(?) as run", prefix).stream()
        .map(row -> row.get("run"))
        .toList();
  }

  private static JsonNode runs(String sql) throws Exception {
    return new ObjectMapper().readTree(database.value(sql).toString());
  }

  private static List<UUID> ids(JsonNode runs) {
    return runs.findValuesAsText("runId").stream().map(UUID::fromString).toList();
  }
}
