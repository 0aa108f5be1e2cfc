package dev.odyssey.failure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.queue.Attempt;
import dev.odyssey.queue.QueueSettings;
import dev.odyssey.settings.Secret;
import java.net.SocketTimeoutException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.s3.model.S3Exception;

class FailuresTest {
  private final Failures failures =
      new Failures(
          new QueueSettings(
              1, 1, Duration.ofMinutes(5), 3, Duration.ofSeconds(30), Duration.ofSeconds(100)),
          List.of(new Secret("s3cret")));

  @Test
  void ourOwnFailuresSayThemselvesWhatTheyAre() {
    assertThat(failures.describe(new PermanentFailure("bad file", "mend it")))
        .isEqualTo(new Failure(false, "bad file", "mend it", null));
    assertThat(failures.describe(new TransientFailure("busy", "wait")))
        .isEqualTo(new Failure(true, "busy", "wait", null));
  }

  @Test
  void aFailureIsFoundInsideWhatARouteWrapsItIn() {
    var wrapped = new IllegalStateException("wrapped", new PermanentFailure("bad file", "mend it"));

    assertThat(failures.describe(wrapped).message()).isEqualTo("bad file");
  }

  @Test
  void aMissingBucketIsPermanentAndNamed() {
    Failure failure = failures.describe(s3(404, "NoSuchBucket"));

    assertThat(failure.temporary()).isFalse();
    assertThat(failure.message()).contains("bucket").contains("NoSuchBucket");
    assertThat(failure.advice()).contains("STREAMS_BUCKET");
  }

  @Test
  void aBusyS3IsTemporaryAndARefusingOneIsNot() {
    assertThat(failures.describe(s3(503, "SlowDown")).temporary()).isTrue();
    assertThat(failures.describe(s3(403, "AccessDenied")).temporary()).isFalse();
  }

  @Test
  void databaseAndNetworkTroubleIsTemporary() {
    assertThat(failures.describe(new SQLException("gone", "08006")).temporary()).isTrue();
    assertThat(failures.describe(new SocketTimeoutException("no bytes")).temporary()).isTrue();
  }

  @Test
  void theUnknownIsTemporaryAndNamesItsRoot() {
    Failure failure =
        failures.describe(new RuntimeException("outer", new IllegalStateException("inner")));

    assertThat(failure.temporary()).isTrue();
    assertThat(failure.message()).isEqualTo("Unexpected IllegalStateException: inner");
  }

  @Test
  void secretsAreBlankedOut() {
    assertThat(failures.describe(new TransientFailure("key s3cret refused", "")).message())
        .isEqualTo("key *** refused");
  }

  @RepeatedTest(20)
  void theDelayDoublesUpToItsMaximumHalfMoreOrLess() {
    assertThat(failures.retryDelaySeconds(attempt(1))).isBetween(15L, 45L);
    assertThat(failures.retryDelaySeconds(attempt(2))).isBetween(30L, 90L);
    assertThat(failures.retryDelaySeconds(attempt(40))).isBetween(50L, 150L);
  }

  private static S3Exception s3(int status, String code) {
    return (S3Exception)
        S3Exception.builder()
            .statusCode(status)
            .awsErrorDetails(
                AwsErrorDetails.builder().errorCode(code).errorMessage("message").build())
            .message("message")
            .build();
  }

  private static Attempt attempt(int number) {
    return new Attempt(
        true, null, UUID.randomUUID(), number, 1, null, null, null, "s", "manual", null, null);
  }
}
