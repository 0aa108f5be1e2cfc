package dev.odyssey.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.testing.ContractDatabase;
import dev.odyssey.testing.ContractDatabase.Claimed;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whom a vanished runner is blamed on. MAX_CRASHES is 3. */
class CrashTest {
  @AutoClose private static final ContractDatabase database = ContractDatabase.start();

  @BeforeEach
  void emptyQueue() {
    database.execute(
        "truncate pgmq.q_stream_sync_jobs, pgmq.q_stream_sync_jobs_dlq, odyssey.leases,"
            + " odyssey.suspects, odyssey.steps, odyssey.attempts");
  }

  @Test
  void aJobThatCrashesItsRunnerThreeTimesIsADeadLetter() {
    UUID poison = database.enqueueNew();

    for (int crash = 1; crash <= 3; crash++) {
      crash(claimAndBegin("runner " + crash, 5));
    }

    assertThat(database.claim("runner 4", 5, 60)).isEmpty();
    assertThat(database.status(poison)).isEqualTo("failed");
    assertThat(database.value("select error from odyssey.dead_letters()"))
        .isEqualTo("crashed the runner 3 times");
    assertThat(database.outcomes(poison)).containsOnly("crashed").hasSize(3);
  }

  @Test
  void aJobThatOnlyRanBesideIsNeverBlamed() {
    UUID poison = database.enqueueNew();
    UUID innocent = database.enqueueNew();
    for (int crash = 1; crash <= 2; crash++) {
      List<Claimed> together = claimAndBegin("runner " + crash, 5);
      assertThat(together).hasSize(2);
      crash(together);
    }

    // from now on each runs alone
    for (int round = 3; round <= 6; round++) {
      List<Claimed> alone = claimAndBegin("runner " + round, 5);
      if (alone.stream().anyMatch(job -> job.runId().equals(poison))) {
        assertThat(alone).hasSize(1);
        crash(alone);
      } else {
        alone.forEach(job -> database.complete(job.token(), 1));
      }
    }

    assertThat(database.status(innocent)).isEqualTo("completed");
    assertThat(database.status(poison)).isEqualTo("failed");
    assertThat(database.outcomes(poison)).hasSize(3);
  }

  @Test
  void aSuspectWaitsForARunnerWithNothingElseAndNothingJoinsIt() {
    UUID suspect = database.enqueueNew();
    for (int crash = 1; crash <= 2; crash++) {
      crash(claimAndBegin("dead " + crash, 1));
    }
    UUID other = database.enqueueNew();

    assertThat(database.claim("idle", 5, 60)).extracting(Claimed::runId).containsExactly(suspect);

    assertThat(database.claim("idle", 5, 60)).isEmpty();
    assertThat(database.claim("another", 5, 60)).extracting(Claimed::runId).containsExactly(other);
  }

  @Test
  void aSuspectDoesNotKeepBusyRunnersFromOtherJobsUntilItHasWaitedTooLong() {
    database.enqueueNew();
    List<Claimed> suspect = claimAndBegin("dead 1", 1);
    UUID first = database.enqueueNew();
    assertThat(database.claim("busy", 1, 60)).extracting(Claimed::runId).containsExactly(first);
    crash(suspect);
    crash(claimAndBegin("dead 2", 1));
    UUID next = database.enqueueNew();
    assertThat(database.claim("busy", 5, 60)).extracting(Claimed::runId).containsExactly(next);

    database.enqueueNew();
    database.execute("update odyssey.suspects set since = since - interval '61 s'");
    assertThat(database.claim("busy", 5, 60)).isEmpty();
  }

  @Test
  void aRunnerThatLivesDidNotCrashHoweverLateItSaysSo() {
    UUID run = database.enqueueNew();
    for (int late = 1; late <= 4; late++) {
      List<Claimed> paused = claimAndBegin("paused " + late, 1);
      crash(paused);
      List<Claimed> next = claimAndBegin("next " + late, 1);
      assertThat(database.interrupt(paused.get(0).token())).isEqualTo(false);
      assertThat(database.interrupt(next.get(0).token())).isEqualTo(true);
    }

    assertThat(database.outcomes(run)).containsOnly("interrupted").hasSize(8);
    assertThat(database.status(run)).isEqualTo("pending");
  }

  @Test
  void aRunnerThatClaimsIsNotTheOneThatCrashed() {
    UUID run = database.enqueueNew();
    for (int outage = 1; outage <= 4; outage++) {
      crash(claimAndBegin("the same", 1));
    }

    assertThat(database.claim("the same", 1, 60)).hasSize(1);
    assertThat(database.outcomes(run)).containsOnly("interrupted");
  }

  @Test
  void aRedriveGivesACrashedRunFreshAttempts() {
    UUID poison = database.enqueueNew();
    for (int crash = 1; crash <= 3; crash++) {
      crash(claimAndBegin("runner " + crash, 1));
    }
    database.claim("runner 4", 1, 60);

    assertThat(database.value("select odyssey.redrive()")).isEqualTo(poison);
    assertThat(database.count("odyssey.suspects")).isZero();

    crash(claimAndBegin("runner 5", 1));
    assertThat(database.claim("runner 6", 1, 60)).hasSize(1);
    assertThat(database.outcomes(poison)).hasSize(4);
  }

  private static List<Claimed> claimAndBegin(String runner, int places) {
    List<Claimed> claimed = database.claim(runner, places, 60);
    claimed.forEach(job -> database.begin(job.token()));
    return claimed;
  }

  private static void crash(List<Claimed> jobs) {
    jobs.forEach(job -> database.expire(job.token()));
  }
}
