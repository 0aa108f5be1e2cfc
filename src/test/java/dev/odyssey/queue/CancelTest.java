package dev.odyssey.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.testing.ContractDatabase;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CancelTest {
  @AutoClose private static final ContractDatabase database = ContractDatabase.start();

  private UUID run;

  @BeforeEach
  void aRunWaits() {
    database.execute("truncate pgmq.q_stream_sync_jobs, odyssey.leases");
    run = database.enqueueNew();
  }

  @Test
  void aWaitingRunLeavesTheQueueAtOnce() {
    assertThat(cancel()).isEqualTo("cancelled");

    assertThat(database.status(run)).isEqualTo("cancelled");
    assertThat(database.count("pgmq.q_stream_sync_jobs")).isZero();
  }

  @Test
  void aRunThatIsClaimedNeverBegins() {
    UUID token = database.claim("runner", 1, 60).get(0).token();

    assertThat(cancel()).isEqualTo("cancelling");

    assertThat(database.begin(token)).isFalse();
    assertThat(database.count("pgmq.q_stream_sync_jobs")).isZero();
    assertThat(database.status(run)).isEqualTo("cancelled");
  }

  @Test
  void aRunningOneIsToldWithTheRenewalAndPublishesNothing() {
    UUID token = begun();

    assertThat(cancel()).isEqualTo("cancelling");

    assertThat(cancelAsked(token)).isEqualTo(true);
    assertThat(database.complete(token, 1)).isEqualTo(false);
    assertThat(database.status(run)).isEqualTo("cancelled");
    assertThat(database.outcomes(run)).containsExactly("cancelled");
    assertThat(database.count("pgmq.q_stream_sync_jobs")).isZero();
  }

  @Test
  void settingTheStatusByHandDoesTheSame() {
    UUID token = begun();
    database.execute("update stream_sync_runs set status = 'cancelled' where id = ?", run);

    assertThat(cancelAsked(token)).isEqualTo(true);
    assertThat(database.interrupt(token)).isEqualTo(true);
    assertThat(database.status(run)).isEqualTo("cancelled");
    assertThat(database.count("pgmq.q_stream_sync_jobs")).isZero();
  }

  @Test
  void aCancelledRunWhoseRunnerVanishedIsNotTriedAgain() {
    UUID token = begun();
    cancel();
    database.expire(token);

    assertThat(database.claim("next", 1, 60)).isEmpty();
    assertThat(database.status(run)).isEqualTo("cancelled");
    assertThat(database.count("pgmq.q_stream_sync_jobs")).isZero();
  }

  @Test
  void whatIsOverStaysAsItIs() {
    database.complete(begun(), 1);

    assertThat(cancel()).isEqualTo("finished");
    assertThat(database.status(run)).isEqualTo("completed");
    assertThat(database.value("select odyssey.cancel_run(gen_random_uuid())")).isEqualTo("unknown");
  }

  private Object cancel() {
    return database.value("select odyssey.cancel_run(?)", run);
  }

  private static Object cancelAsked(UUID token) {
    return database.value("select cancel from odyssey.renew_leases(array[?]::uuid[], 60)", token);
  }

  private static UUID begun() {
    UUID token = database.claim("runner", 1, 60).get(0).token();
    database.begin(token);
    return token;
  }
}
