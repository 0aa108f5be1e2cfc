package dev.odyssey.queue;

import dev.odyssey.settings.Settings;
import java.time.Duration;

/**
 * How jobs are claimed, leased and tried again.
 *
 * @param visibilityTimeout how long a lease holds without renewal
 * @param maxAttempts how often a run is tried before it goes to the dead letters ({@code
 *     MAX_RETRIES})
 * @param retryDelay wait before the second attempt; doubles with each further one
 */
public record QueueSettings(
    int batchSize,
    int maxConcurrentJobs,
    Duration visibilityTimeout,
    int maxAttempts,
    Duration retryDelay,
    Duration maxRetryDelay) {

  public static QueueSettings from(Settings settings) {
    settings.millis("POLL_INTERVAL_MS", 10, 3_600_000); // these three: read by routes/poll-queue
    settings.integer("MAX_CONCURRENT_JOBS_PER_TENANT", 0, 100_000);
    settings.integer("MAX_CRASHES", 1, 100);
    settings.integer("STEP_RETRIES", 0, 100); // these two: read by routes/failure-policy
    settings.millis("STEP_RETRY_DELAY_MS", 0, 3_600_000);
    Duration retryDelay = settings.seconds("RETRY_DELAY_SECONDS", 0, 86_400);
    Duration maxRetryDelay = settings.seconds("MAX_RETRY_DELAY_SECONDS", 0, 86_400);
    if (maxRetryDelay.compareTo(retryDelay) < 0) {
      settings.problem("MAX_RETRY_DELAY_SECONDS", "must be no less than RETRY_DELAY_SECONDS");
    }
    return new QueueSettings(
        settings.integer("BATCH_SIZE", 1, 1000),
        settings.integer("MAX_CONCURRENT_JOBS", 1, 256),
        settings.seconds("VISIBILITY_TIMEOUT_SECONDS", 3, 43_200),
        settings.integer("MAX_RETRIES", 1, 100),
        retryDelay,
        maxRetryDelay);
  }
}
