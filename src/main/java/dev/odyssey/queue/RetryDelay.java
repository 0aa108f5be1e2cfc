package dev.odyssey.queue;

import dev.odyssey.failure.Failure;
import dev.odyssey.failure.RetryAfter;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** How long a run waits for its next attempt. Stateless. */
public final class RetryDelay {
  private final QueueSettings settings;

  public RetryDelay(QueueSettings settings) {
    this.settings = settings;
  }

  /**
   * Seconds until the next attempt: doubled with each one, up to half more or less by chance, and
   * never less than the service asked for.
   */
  public long seconds(Attempt attempt, Failure failure) {
    int doublings = Math.min(attempt.number() - 1, 30);
    Duration delay = settings.retryDelay().multipliedBy(1L << doublings);
    long seconds = Math.min(delay.toSeconds(), settings.maxRetryDelay().toSeconds());
    long ours = Math.round(seconds * ThreadLocalRandom.current().nextDouble(0.5, 1.5));
    return Math.max(ours, RetryAfter.of(failure.details()).toSeconds());
  }
}
