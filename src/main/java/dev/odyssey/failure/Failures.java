package dev.odyssey.failure;

import dev.odyssey.queue.Attempt;
import dev.odyssey.queue.QueueSettings;
import dev.odyssey.settings.Secret;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/**
 * The one place that maps every failure to temporary or permanent, with advice. Stateless.
 *
 * <p>Our own two failures say it themselves; what a library throws out of a route's endpoint is
 * mapped here. The unknown is temporary: attempts are counted, so it ends in the dead letters.
 */
public final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private final QueueSettings settings;
  private final List<Secret> secrets;

  /**
   * @param secrets are blanked out of every message, should a library repeat one
   */
  public Failures(QueueSettings settings, List<Secret> secrets) {
    this.settings = settings;
    this.secrets = List.copyOf(secrets);
  }

  public Failure describe(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause() == t ? null : t.getCause()) {
      Failure known = known(t);
      if (known != null) {
        return clean(known);
      }
    }
    Throwable root = thrown;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    LOG.error("Unexpected failure", thrown);
    return clean(
        new Failure(
            true,
            "Unexpected %s: %s".formatted(root.getClass().getSimpleName(), root.getMessage()),
            "Look at the runner's log for the stack trace and report it as a defect.",
            null));
  }

  /** Seconds until the next attempt: doubled with each one, up to half more or less by chance. */
  public long retryDelaySeconds(Attempt attempt) {
    int doublings = Math.min(attempt.number() - 1, 30);
    Duration delay = settings.retryDelay().multipliedBy(1L << doublings);
    long seconds = Math.min(delay.toSeconds(), settings.maxRetryDelay().toSeconds());
    return Math.round(seconds * ThreadLocalRandom.current().nextDouble(0.5, 1.5));
  }

  private static Failure known(Throwable t) {
    if (t instanceof PermanentFailure f) {
      return new Failure(false, f.getMessage(), f.advice(), f.details());
    }
    if (t instanceof TransientFailure f) {
      return new Failure(true, f.getMessage(), f.advice(), f.details());
    }
    if (t instanceof S3Exception e) {
      return s3(e);
    }
    if (t instanceof SdkException e) {
      return temporary(
          "S3 storage cannot be reached: " + e.getMessage(), "Check S3_ENDPOINT and the network.");
    }
    if (t instanceof SQLException e) {
      return temporary(
          "Database error %s: %s".formatted(e.getSQLState(), e.getMessage()),
          "Check the database; bin/odyssey check says what of the contract is missing.");
    }
    if (t instanceof IOException e) {
      return temporary(
          "Reading or sending data failed: %s: %s"
              .formatted(e.getClass().getSimpleName(), e.getMessage()),
          "Check the network, the storage service and the free space under WORK_DIR.");
    }
    return null;
  }

  private static Failure s3(S3Exception e) {
    String code = e.awsErrorDetails() == null ? "" : e.awsErrorDetails().errorCode();
    String what = "S3 storage answered %d %s".formatted(e.statusCode(), code);
    if ("NoSuchBucket".equals(code)) {
      return new Failure(
          false,
          what + ": the bucket for snapshots does not exist",
          "Create the bucket that STREAMS_BUCKET names, then redrive the run.",
          null);
    }
    if (e.statusCode() >= 500 || e.statusCode() == 429 || e.statusCode() == 408) {
      return temporary(what, "The storage service is busy or failing; look at its status.");
    }
    return new Failure(
        false,
        what + ": " + e.getMessage(),
        "Check S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY and the bucket's"
            + " permissions, then redrive the run.",
        null);
  }

  private static Failure temporary(String message, String advice) {
    return new Failure(true, message, advice, null);
  }

  private Failure clean(Failure failure) {
    String message = String.valueOf(failure.message());
    for (Secret secret : secrets) {
      if (!secret.value().isBlank()) {
        message = message.replace(secret.value(), secret.toString());
      }
    }
    return new Failure(failure.temporary(), message, failure.advice(), failure.details());
  }
}
