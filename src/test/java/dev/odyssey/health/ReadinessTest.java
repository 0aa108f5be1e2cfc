package dev.odyssey.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class ReadinessTest {
  private static final Duration INTERVAL = Duration.ofMillis(10);

  @Test
  void isNotReadyBeforeTheFirstAnswer() {
    try (var readiness = readiness(Map.of("database", List::of), Clock.systemUTC())) {
      readiness.started();

      assertThat(readiness.missing("database")).containsExactly("database has not answered yet");
    }
  }

  @Test
  void isNotReadyBeforeItClaimsJobs() {
    try (var readiness = readiness(Map.of("database", List::of), Clock.systemUTC())) {
      readiness.start();

      assertThat(readiness.missing("database")).containsExactly("the runner is starting");
    }
  }

  @Test
  void aProbeThatHangsDelaysNoOther() throws Exception {
    var never = new CountDownLatch(1);
    Probe hanging =
        () -> {
          never.await();
          return List.of();
        };
    try (var readiness =
        readiness(Map.of("database", hanging, "bucket", List::of), Clock.systemUTC())) {
      readiness.start();
      readiness.started();

      await().untilAsserted(() -> assertThat(readiness.missing("bucket")).isEmpty());

      assertThat(readiness.missing("database")).isNotEmpty();
    }
  }

  @Test
  void anOverdueAnswerCountsAsMissing() {
    var clock = new MovableClock();
    var onlyOnce = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    Probe hangsLater =
        () -> {
          if (onlyOnce.getCount() == 0) {
            never.await();
          }
          onlyOnce.countDown();
          return List.of();
        };
    try (var readiness = readiness(Map.of("database", hangsLater), clock)) {
      readiness.start();
      readiness.started();
      await().untilAsserted(() -> assertThat(readiness.missing("database")).isEmpty());

      clock.now = clock.now.plusSeconds(60);

      assertThat(readiness.missing("database"))
          .containsExactly("database has not answered for 60 seconds: check it and the network");
    }
  }

  @Test
  void saysWhyAProbeFailed() {
    Probe failing =
        () -> {
          throw new IllegalStateException("connection refused");
        };
    try (var readiness = readiness(Map.of("database", failing), Clock.systemUTC())) {
      readiness.start();
      readiness.started();

      await()
          .untilAsserted(
              () ->
                  assertThat(readiness.missing("database"))
                      .containsExactly("database does not answer: connection refused"));
    }
  }

  @Test
  void isNotReadyWhileStopping() {
    try (var readiness = readiness(Map.of("database", List::of), Clock.systemUTC())) {
      readiness.start();
      readiness.started();
      await().untilAsserted(() -> assertThat(readiness.missing("database")).isEmpty());

      readiness.stopping();

      assertThat(readiness.missing("database")).containsExactly("the runner is shutting down");
    }
  }

  private static Readiness readiness(Map<String, Probe> probes, Clock clock) {
    return new Readiness(probes, INTERVAL, clock);
  }

  private static final class MovableClock extends Clock {
    private volatile Instant now = Instant.parse("2026-11-23T12:00:00Z");

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
