package dev.odyssey.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odyssey.cancellation.Cancellation.Reason;
import dev.odyssey.cancellation.Cancellations;
import dev.odyssey.cancellation.Stopped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class LeasesTest {
  private static final QueueSettings SETTINGS =
      new QueueSettings(5, 2, Duration.ofSeconds(30), 3, Duration.ZERO, Duration.ZERO);

  private final HandClock clock = new HandClock();
  private final Cancellations cancellations = new Cancellations();
  private final Leases leases = new Leases("runner", SETTINGS, cancellations, clock);
  private final Job job = job();

  @BeforeEach
  void aJobIsClaimed() {
    leases.hold(clock.instant(), job);
  }

  @Test
  void anAttemptStopsWhenItsLeaseCouldNotBeRenewedInTime() {
    clock.pass(Duration.ofSeconds(29));
    leases.stopOverdue();
    assertThat(leases.holds(job)).isTrue();

    clock.pass(Duration.ofSeconds(1));
    leases.stopOverdue();

    assertThat(leases.holds(job)).isFalse();
    assertThat(reason(job)).isEqualTo(Reason.LEASE_LOST);
  }

  @Test
  void whoWakesAfterItsTimeoutFindsOutBeforeItPublishes() {
    leases.check(job);

    clock.pass(Duration.ofSeconds(31)); // paused, and nobody has looked since

    assertThatThrownBy(() -> leases.check(job)).isInstanceOf(Stopped.class);
  }

  @Test
  void aRenewalCountsFromWhenItWasAskedNotFromWhenItWasAnswered() {
    Instant asked = clock.instant();
    clock.pass(Duration.ofSeconds(20));
    leases.renewed(asked, List.of(row(job, true, false)));

    clock.pass(Duration.ofSeconds(10));
    leases.stopOverdue();

    assertThat(leases.stopped(job)).isTrue();
  }

  @Test
  void anAttemptStopsWhenTheDatabaseSaysThatTheLeaseIsNotOursOrTheRunCancelled() {
    Job cancelled = job();
    leases.hold(clock.instant(), cancelled);

    leases.renewed(clock.instant(), List.of(row(job, false, false), row(cancelled, true, true)));
    clock.pass(Duration.ofSeconds(1));
    leases.stopOverdue();

    assertThat(reason(job)).isEqualTo(Reason.LEASE_LOST);
    assertThat(reason(cancelled)).isEqualTo(Reason.CANCELLED);
  }

  @Test
  void anAttemptThatHasJustBeenRecordedAsOverHasNotLostItsLease() {
    leases.renewed(clock.instant(), List.of(row(job, false, false)));
    leases.stopOverdue();
    leases.check(job);

    leases.drop(job);
    clock.pass(Duration.ofSeconds(1));
    leases.stopOverdue();

    assertThat(leases.losses()).isZero();
  }

  @Test
  void aShutdownStopsWhatHasNotBegunAndLaterTheRest() {
    Job waiting = job();
    leases.hold(clock.instant(), waiting);
    leases.begin(job);

    leases.stopWaiting();
    Job late = job();
    leases.hold(clock.instant(), late);

    assertThatThrownBy(() -> leases.begin(waiting)).isInstanceOf(Stopped.class);
    assertThatThrownBy(() -> leases.begin(late)).isInstanceOf(Stopped.class);
    assertThat(leases.stopped(job)).isFalse();
    leases.stopAll();
    assertThat(reason(job)).isEqualTo(Reason.SHUTDOWN);
  }

  @Test
  void aDroppedLeaseIsForgotten() throws Exception {
    assertThat(leases.tokens()).isEqualTo("{" + job.token() + "}");

    leases.drop(job);
    leases.drop(job);

    assertThat(leases.awaitNone(Duration.ZERO)).isZero();
    assertThat(leases.tokens()).isEqualTo("{}");
    assertThat(leases.holds(job)).isFalse();
  }

  @Test
  void renewalFallsDueEachThirdOfTheTimeoutAndEveryTwoSecondsAtLeast() {
    var patient = new QueueSettings(5, 2, Duration.ofSeconds(3), 3, Duration.ZERO, Duration.ZERO);

    assertThat(leases.renewalMillis()).isEqualTo(2000);
    assertThat(new Leases("r", patient, cancellations, clock).renewalMillis()).isEqualTo(1000);
  }

  private Reason reason(Job of) {
    return cancellations.of(of.token()).reason().orElse(null);
  }

  private static Map<String, Object> row(Job job, boolean held, boolean cancel) {
    return Map.of("token", job.token(), "held", held, "cancel", cancel);
  }

  private static Job job() {
    UUID id = UUID.randomUUID();
    return new Job(id, 1, id, id, id, "manual", "stream", Instant.EPOCH);
  }

  /** Time passes when the test says so. */
  static final class HandClock extends Clock {
    private Instant now = Instant.EPOCH;

    void pass(Duration duration) {
      now = now.plus(duration);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneId.of("UTC");
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
