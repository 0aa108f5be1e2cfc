package dev.odyssey.failure;

import static java.time.ZoneOffset.UTC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.model.S3Exception;

class FailuresTest {
  private final Failures failures =
      new Failures(List.of(new Secret("s3cret"), new Secret("s3cret-of-another")));

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
    assertThat(failures.describe(s3(200, "InternalError")).temporary()).isTrue();
    assertThat(failures.describe(s3(404, "NoSuchKey")).temporary()).isTrue();
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
    assertThat(failures.describe(new TransientFailure("s3cret-of-another", "")).message())
        .isEqualTo("***");
  }

  @Test
  void retryAfterOfS3IsHonouredAsSecondsAndAsDate() {
    assertThat(rest(s3Busy("500"))).isEqualTo(500);
    String date =
        DateTimeFormatter.RFC_1123_DATE_TIME.format(ZonedDateTime.now(UTC).plusMinutes(10));
    assertThat(rest(s3Busy(date))).isBetween(590L, 600L);
    assertThat(rest(s3Busy("soon"))).isZero();
  }

  @Test
  void aStepIsNotTriedAgainAtOnceWhereThatIsInVain() {
    var died = JsonNodeFactory.instance.objectNode().put("kind", "transform-died");

    assertThat(failures.isInVain(new PermanentFailure("bad", ""))).isTrue();
    assertThat(failures.isInVain(new TransientFailure("died", "", died, null))).isTrue();
    assertThat(failures.isInVain(s3Busy("5"))).isTrue();
    assertThat(failures.isInVain(s3(403, "AccessDenied"))).isTrue();

    assertThat(failures.isInVain(new TransientFailure("busy", ""))).isFalse();
    assertThat(failures.isInVain(s3(500, "InternalError"))).isFalse();
    assertThat(failures.isInVain(new SocketTimeoutException())).isFalse();
    assertThat(failures.isInVain(new IllegalStateException())).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "08006, away", "57P01, restarting", "25006, read-only", "40001, in the way",
    "53300, connections", "42883, odyssey check", "28P01, DATABASE_URL", "XX000, odyssey check"
  })
  void everyDatabaseErrorIsTemporaryAndAdvisedByItsClass(String state, String advice) {
    Failure failure = failures.describe(new SQLException("message", state));

    assertThat(failure.temporary()).isTrue();
    assertThat(failure.advice()).contains(advice);
  }

  static List<Arguments> troubles() {
    return List.of(
        arguments(new UnknownHostException("nowhere"), "not known: nowhere", "DNS"),
        arguments(new SSLHandshakeException("expired"), "secure", "certificate"),
        arguments(new SocketTimeoutException("Read timed out"), "silent", "READ_TIMEOUT_MS"),
        arguments(new ConnectException("refused"), "reached", "network"),
        arguments(new IOException("No space left on device"), "full", "WORK_DIR"),
        arguments(new NoSuchFileException("/work/x"), "work file", "WORK_DIR"),
        arguments(new InterruptedException(), "interrupted", "next attempt"),
        arguments(new IOException("cut"), "sending data", "network"),
        arguments(
            SdkClientException.create("Unable", new ConnectException("refused")), "reached", "S3"));
  }

  @ParameterizedTest
  @MethodSource("troubles")
  void whatTheSystemThrowsIsTemporaryAndSaysWhatToDo(Exception e, String what, String advice) {
    Failure failure = failures.describe(e);

    assertThat(failure.temporary()).isTrue();
    assertThat(failure.message()).contains(what);
    assertThat(failure.advice()).contains(advice);
  }

  private static S3Exception s3Busy(String retryAfter) {
    return (S3Exception)
        S3Exception.builder()
            .statusCode(503)
            .awsErrorDetails(
                AwsErrorDetails.builder()
                    .errorCode("SlowDown")
                    .sdkHttpResponse(
                        SdkHttpResponse.builder()
                            .statusCode(503)
                            .putHeader("Retry-After", retryAfter)
                            .build())
                    .build())
            .message("message")
            .build();
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

  private long rest(Exception busy) {
    return RetryAfter.of(failures.describe(busy).details()).toSeconds();
  }
}
