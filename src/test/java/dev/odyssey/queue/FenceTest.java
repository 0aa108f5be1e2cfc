package dev.odyssey.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.testing.ContractDatabase;
import dev.odyssey.testing.ContractDatabase.Claimed;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Only the attempt that holds the lease changes anything, and what it does twice happens once. */
class FenceTest {
  @AutoClose private static final ContractDatabase database = ContractDatabase.start();

  private UUID run;
  private UUID token;

  @BeforeEach
  void anAttemptRuns() {
    database.execute(
        "truncate pgmq.q_stream_sync_jobs, pgmq.q_stream_sync_jobs_dlq, odyssey.leases");
    run = database.enqueueNew();
    token = claimAndBegin("paused");
  }

  @Test
  void whoWakesAfterItsTimeoutChangesNothing() {
    database.expire(token);
    UUID next = claimAndBegin("next");

    assertThat(database.complete(token, 111)).isEqualTo(false);
    assertThat(database.retry(token, 3)).isEqualTo("lost");
    assertThat(database.deadLetter(token)).isEqualTo(false);
    assertThat(database.interrupt(token)).isEqualTo(false);
    assertThat(database.begin(token)).isFalse();
    assertThat(held(token)).isFalse();
    assertThat(database.status(run)).isEqualTo("processing");

    assertThat(database.complete(next, 222)).isEqualTo(true);
    assertThat(database.value("select rows_processed from stream_sync_runs where id = ?", run))
        .isEqualTo(222L);
    assertThat(database.complete(token, 111)).isEqualTo(false);
    assertThat(database.value("select rows_processed from stream_sync_runs where id = ?", run))
        .isEqualTo(222L);
  }

  @Test
  void whoseLeaseIsOverCompletesNothingThoughNobodyTookIt() {
    database.expire(token);

    assertThat(database.complete(token, 1)).isEqualTo(false);
    assertThat(held(token)).isFalse();
    assertThat(database.status(run)).isEqualTo("processing");
  }

  @Test
  void aJobWhoseLeaseNobodyCanRenewEndsAfterTenAttempts() {
    for (int lost = 1; lost <= 10; lost++) {
      database.expire(token);
      if (lost % 2 == 0) { // noticed by the runner's next claim, or by the attempt itself
        assertThat(database.interrupt(token)).isEqualTo(true);
      }
      token = database.claim("paused", 1, 60).get(0).token();
      assertThat(database.begin(token)).as("after %d", lost).isEqualTo(lost < 10);
    }

    assertThat(database.status(run)).isEqualTo("failed");
    assertThat(database.value("select error from odyssey.dead_letters()"))
        .isEqualTo("ten attempts lost their leases, for no renewal succeeded in time");
    assertThat(database.value("select odyssey.redrive()")).isEqualTo(run);
    token = claimAndBegin("mended");
    assertThat(database.complete(token, 1)).isEqualTo(true);
  }

  @Test
  void anInterruptionByAShutdownIsNoLostLease() {
    for (int redeploy = 1; redeploy <= 12; redeploy++) {
      assertThat(database.interrupt(token)).isEqualTo(true);
      token = claimAndBegin("redeployed");
    }

    assertThat(database.value("select odyssey.lost_leases(?)", run)).isEqualTo(0);
  }

  @Test
  void noTwoAttemptsOfARunWriteTheSameObject() {
    database.interrupt(token);
    token = claimAndBegin("next");

    assertThat(
            database.rows(
                "select number, ordinal from odyssey.attempts order by begun_at desc limit 1"))
        .containsExactly(Map.of("number", 1, "ordinal", 2));
    assertThat(database.value("select odyssey.begin_attempt(?, 60) -> 'ordinal'", token))
        .hasToString("2");
  }

  @Test
  void aCompletionWhoseAnswerWasLostIsDoneWhenAskedAgain() {
    assertThat(database.complete(token, 5)).isEqualTo(true);
    assertThat(database.complete(token, 5)).isEqualTo(true);

    assertThat(database.status(run)).isEqualTo("completed");
    assertThat(database.outcomes(run)).containsExactly("completed");
  }

  @Test
  void aRetryADeadLetterAndAnInterruptionAreTheSameWhenAskedAgain() {
    assertThat(database.retry(token, 3)).isEqualTo("retrying");
    assertThat(database.retry(token, 3)).isEqualTo("retrying");

    UUID second = claimAndBegin("runner");
    assertThat(database.interrupt(second)).isEqualTo(true);
    assertThat(database.interrupt(second)).isEqualTo(true);

    UUID third = claimAndBegin("runner");
    assertThat(database.deadLetter(third)).isEqualTo(true);
    assertThat(database.deadLetter(third)).isEqualTo(true);

    assertThat(database.outcomes(run)).containsExactly("retried", "interrupted", "dead-lettered");
    assertThat(database.count("pgmq.q_stream_sync_jobs_dlq")).isEqualTo(1);
  }

  @Test
  void anAttemptBegunTwiceIsOneAttempt() {
    assertThat(database.begin(token)).isTrue();

    assertThat(database.outcomes(run)).containsExactly("running");
  }

  @Test
  void ofManyWhoFinishAtTheSameTimeOneDoesAndCountsAreItsOwn() throws Exception {
    for (int round = 0; round < 20; round++) {
      run = database.enqueueNew();
      UUID mine = claimAndBegin("runner");
      var threads = Executors.newFixedThreadPool(4);
      List<Callable<Object>> finishes =
          List.of(
              () -> database.complete(mine, 7),
              () -> database.retry(mine, 3),
              () -> database.deadLetter(mine),
              () -> database.interrupt(mine));

      var ended = new ArrayList<>();
      for (var answer : threads.invokeAll(finishes)) {
        ended.add(answer.get());
      }
      threads.shutdown();

      assertThat(ended.stream().filter(e -> e.equals(true) || e.equals("retrying"))).hasSize(1);
      assertThat(database.outcomes(run)).hasSize(1);
      assertThat(database.count("odyssey.leases where token = ?", mine)).isZero();
      database.execute("truncate pgmq.q_stream_sync_jobs");
    }
  }

  @Test
  void aTakeoverAndALateFinishNeverBothSucceed() throws Exception {
    String live = "odyssey.leases where token = ? and expires_at > clock_timestamp()";
    for (int round = 0; round < 20; round++) {
      run = database.enqueueNew();
      UUID late = database.claim("late", 1, 60).get(0).token();
      database.begin(late, 1);
      var threads = Executors.newFixedThreadPool(2);
      var finish =
          threads.submit(
              () -> {
                while (database.count(live, late) == 1) {
                  Thread.onSpinWait();
                }
                return database.complete(late, 1);
              });
      database.expire(late);
      List<Claimed> taken = database.claim("next", 1, 60);
      Object finished = finish.get();
      threads.shutdown();
      if (taken.isEmpty()) { // for the late one was just trying
        taken = database.claim("next", 1, 60);
      }

      assertThat(finished).isEqualTo(taken.isEmpty());
      database.execute("truncate pgmq.q_stream_sync_jobs, odyssey.leases");
    }
  }

  @Test
  void aRenewalKeepsLeaseAndVisibilityTogether() {
    assertThat(held(token)).isTrue();

    assertThat(
            database.value(
                "select l.expires_at = q.vt and q.vt > clock_timestamp() + interval '50 s'"
                    + " from odyssey.leases l join pgmq.q_stream_sync_jobs q using (msg_id)"
                    + " where l.token = ?",
                token))
        .isEqualTo(true);
  }

  @Test
  void progressRidesOnTheRenewal() {
    database.execute(
        "select * from odyssey.renew_leases(array[?]::uuid[], 60,"
            + " jsonb_build_object(?::text, '{\"rows\": 12}'::jsonb))",
        token,
        token);

    assertThat(
            database.value("select progress ->> 'rows' from odyssey.leases where token = ?", token))
        .isEqualTo("12");
  }

  @Test
  void attemptsUsedUpEndInADeadLetterAndInterruptionsDoNotCount() {
    database.interrupt(token);
    database.interrupt(claimAndBegin("runner"));
    database.retry(claimAndBegin("runner"), 2);

    assertThat(database.retry(claimAndBegin("runner"), 2)).isEqualTo("dead-lettered");
    assertThat(database.status(run)).isEqualTo("failed");
  }

  private static boolean held(UUID token) {
    return (Boolean)
        database.value("select held from odyssey.renew_leases(array[?]::uuid[], 60)", token);
  }

  private UUID claimAndBegin(String runner) {
    UUID claimed = database.claim(runner, 1, 60).get(0).token();
    assertThat(database.begin(claimed)).isTrue();
    return claimed;
  }
}
