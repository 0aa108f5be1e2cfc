package dev.odyssey.failure;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import javax.net.ssl.SSLException;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.S3Exception;

/** What the exceptions of libraries mean, one table for each kind. */
public final class LibraryFailures {
  private static final Set<Integer> PASSING = Set.of(408, 425, 429);
  // an upload in parts may be answered with 200 and fail in its body
  private static final Set<String> PASSING_CODES =
      Set.of("SlowDown", "InternalError", "ServiceUnavailable");
  private static final String BUSY = "The storage service is busy or failing; look at its status.";

  private final Clock clock;

  public LibraryFailures(Clock clock) {
    this.clock = clock;
  }

  /** Null for what is not known here; its cause may be. */
  public Failure of(Throwable t) {
    if (t instanceof S3Exception e) {
      return s3(e);
    }
    if (t instanceof SdkException e) {
      return e.getCause() == null
          ? temporary("S3 storage cannot be used: " + e.getMessage(), "Check S3_ENDPOINT.")
          : null; // the cause knows better
    }
    if (t instanceof SQLException e) {
      return sql(e);
    }
    if (t instanceof JsonProcessingException e && isBeyondLimits(e)) {
      return permanent(
          "An answer is beyond what JSON may be here: " + e.getOriginalMessage(),
          "Make the stream's schema, its mappings and its data source's config smaller or less"
              + " nested, then redrive the run.");
    }
    if (t instanceof IOException e) {
      return io(e);
    }
    if (t instanceof InterruptedException) {
      return temporary("The work was interrupted", "It begins again with the next attempt.");
    }
    return null;
  }

  private Failure s3(S3Exception e) {
    AwsErrorDetails details = e.awsErrorDetails();
    String code = details == null || details.errorCode() == null ? "" : details.errorCode();
    String what = "S3 storage answered %d %s".formatted(e.statusCode(), code).strip();
    if (e.statusCode() >= 500 || PASSING.contains(e.statusCode()) || PASSING_CODES.contains(code)) {
      return new Failure(true, what, BUSY, RetryAfter.details(rest(details)));
    }
    return switch (code) {
      case "NoSuchBucket" ->
          permanent(
              what + ": the bucket for snapshots does not exist",
              "Create the bucket that STREAMS_BUCKET names, then redrive the run.");
      case "NoSuchKey" ->
          temporary(
              what + ": an object that was there a moment ago is gone",
              "It is tried again; see whether somebody removes objects from STREAMS_BUCKET.");
      case "NoSuchUpload", "RequestTimeout", "RequestTimeTooSkewed", "BadDigest" ->
          temporary(what + ": " + e.getMessage(), "The upload is tried again as a whole.");
      default ->
          permanent(
              what + ": " + e.getMessage(),
              "Check S3_ENDPOINT, S3_REGION, S3_ACCESS_KEY_ID, S3_SECRET_ACCESS_KEY and the"
                  + " bucket's permissions, then redrive the run.");
    };
  }

  private Duration rest(AwsErrorDetails details) {
    return details == null || details.sdkHttpResponse() == null
        ? null
        : RetryAfter.parse(
            details.sdkHttpResponse().firstMatchingHeader("Retry-After").orElse(null),
            clock.instant());
  }

  /** By class of SQLSTATE: https://www.postgresql.org/docs/current/errcodes-appendix.html */
  private static Failure sql(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    String what = "Database error %s: %s".formatted(state, e.getMessage());
    return switch (state.length() < 2 ? "" : state.substring(0, 2)) {
      case "08", "57" -> temporary(what, "The database is away or restarting; look at its status.");
      case "25" -> temporary(what, "The database is read-only: a failover, or a wrong host.");
      case "40", "55" -> temporary(what, "Another transaction was in the way; it is tried again.");
      case "53" ->
          temporary(what, "The database is out of connections, memory or disk: give it more.");
      case "42" ->
          temporary(
              what,
              "bin/odyssey check says what of the contract is missing and how to install it.");
      case "28", "3D" -> temporary(what, "Check DATABASE_URL: its user, password and database.");
      default ->
          temporary(
              what, "Check the database; bin/odyssey check says what of the contract is missing.");
    };
  }

  private static Failure io(IOException e) {
    String what = "%s: %s".formatted(e.getClass().getSimpleName(), e.getMessage());
    if (e instanceof UnknownHostException) {
      return temporary(
          "The host name is not known: " + e.getMessage(),
          "Check SUPABASE_URL and S3_ENDPOINT, and the name service (DNS).");
    }
    if (e instanceof SSLException) {
      return temporary(
          "The secure connection failed: " + what,
          "Check the service's certificate, this machine's clock and its trusted authorities.");
    }
    if (e instanceof SocketTimeoutException) {
      return temporary(
          "The service fell silent: " + what,
          "It is tried again; READ_TIMEOUT_MS says how long to wait for the next bytes.");
    }
    if (e instanceof ConnectException || e instanceof NoRouteToHostException) {
      return temporary(
          "The service cannot be reached: " + what,
          "Check SUPABASE_URL, S3_ENDPOINT and the network between.");
    }
    if (isDiskFull(e)) {
      return temporary(
          "The disk under WORK_DIR is full: " + what,
          "Give WORK_DIR a larger disk, or fewer jobs at once (MAX_CONCURRENT_JOBS).");
    }
    if (e instanceof FileSystemException) {
      return temporary("A work file failed: " + what, "Look at the disk under WORK_DIR.");
    }
    return temporary(
        "Reading or sending data failed: " + what, "Check the network and the storage service.");
  }

  private static boolean isBeyondLimits(Throwable t) {
    return t instanceof StreamConstraintsException
        || (t.getCause() != null && t.getCause() != t && isBeyondLimits(t.getCause()));
  }

  static boolean isDiskFull(IOException e) {
    String message = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
    return message.contains("no space left") || message.contains("disk quota exceeded");
  }

  private static Failure temporary(String message, String advice) {
    return new Failure(true, message, advice, null);
  }

  private static Failure permanent(String message, String advice) {
    return new Failure(false, message, advice, null);
  }
}
