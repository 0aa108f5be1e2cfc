package dev.odyssey.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.cancellation.Cancellation;
import dev.odyssey.cancellation.Cancellations;
import dev.odyssey.cancellation.Stopped;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.failure.Secret;
import dev.odyssey.failure.TransientFailure;
import dev.odyssey.work.Progress;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadsTest {
  private static final long MAX_BYTES = 20;

  @TempDir Path directory;
  private Download download;

  private final List<Progress> told = new ArrayList<>();
  private final Cancellations cancellations = new Cancellations();
  private final Downloads downloads = downloads(Duration.ofHours(1));

  @BeforeEach
  void locate() {
    download =
        new Download(
            "http://storage/x",
            "schema-files/a.csv",
            "customers",
            new UUID(0, 1),
            directory.resolve("source"));
  }

  @Test
  void keepsTheBytesAndTheirHash() throws Exception {
    SourceFile file = downloads.save(download, 200, length(5), body("hello"));

    assertThat(Files.readString(file.path())).isEqualTo("hello");
    assertThat(file.bytes()).isEqualTo(5);
    assertThat(told).containsExactly(new Progress("downloading the source file", 100, 0, 5));
    assertThat(file.sha256())
        .isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
  }

  @Test
  void aBodyShorterThanAnnouncedIsTriedAgain() {
    assertThatThrownBy(() -> downloads.save(download, 200, length(9), body("hello")))
        .isInstanceOf(TransientFailure.class)
        .hasMessageContaining("customers")
        .hasMessageContaining("ended after 5 of 9 bytes");
  }

  @Test
  void aFileOverTheLimitIsRefusedByItsAnnouncedLength() {
    assertThatThrownBy(() -> downloads.save(download, 200, length(21), body("")))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("MAX_SOURCE_BYTES");
  }

  @Test
  void aFileOverTheLimitIsRefusedThoughItsLengthIsNotAnnounced() {
    assertThatThrownBy(() -> downloads.save(download, 200, Map.of(), body("x".repeat(21))))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("MAX_SOURCE_BYTES");
  }

  @Test
  void aDownloadThatTakesTooLongIsTriedAgainFromWhereItStopped() throws Exception {
    Map<String, Object> head = Map.of("Content-Length", "5", "ETag", "\"v1\"");
    Downloads hasty = downloads(Duration.ZERO);

    assertThatThrownBy(() -> hasty.save(download, 200, head, body("hello")))
        .isInstanceOf(TransientFailure.class)
        .hasMessageContaining("longer than DOWNLOAD_TIMEOUT_SECONDS (0)");

    assertThat(hasty.ifRange(download)).isEqualTo("\"v1\"");
  }

  @Test
  void theTrueCodeOfSupabasesJsonDecides() {
    String json =
        "{\"statusCode\":\"404\",\"code\":\"NoSuchKey\",\"message\":\"Object not found\"}";

    assertThatThrownBy(() -> downloads.save(download, 400, Map.of(), body(json)))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("404 NoSuchKey Object not found")
        .hasMessageContaining("schema-files/a.csv");
  }

  @Test
  void aBusyStorageBehindA400IsTriedAgain() {
    String json = "{\"statusCode\":\"503\",\"code\":\"SlowDown\",\"message\":\"later\"}";

    assertThatThrownBy(() -> downloads.save(download, 400, Map.of(), body(json)))
        .isInstanceOf(TransientFailure.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void passingStatusesAreTriedAgain(int status) {
    assertThatThrownBy(() -> downloads.save(download, status, Map.of(), body("<html>")))
        .isInstanceOf(TransientFailure.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 307, 401, 403, 404})
  void otherStatusesAreNot(int status) {
    assertThatThrownBy(() -> downloads.save(download, status, Map.of(), body("")))
        .isInstanceOf(PermanentFailure.class);
  }

  @Test
  void aBrokenDownloadGoesOnWhereItBrokeOff() throws Exception {
    Map<String, Object> first = Map.of("Content-Length", "5", "ETag", "\"v1\"");
    assertThatThrownBy(() -> downloads.save(download, 200, first, body("hel")))
        .isInstanceOf(TransientFailure.class);

    assertThat(downloads.isResumable(download)).isTrue();
    assertThat(downloads.range(download)).isEqualTo("bytes=3-");
    assertThat(downloads.ifRange(download)).isEqualTo("\"v1\"");
    Map<String, Object> rest = Map.of("Content-Length", "2", "Content-Range", "bytes 3-4/5");
    SourceFile file = downloads.save(download, 206, rest, body("lo"));

    assertThat(Files.readString(file.path())).isEqualTo("hello");
    assertThat(file.sha256()).startsWith("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e7304336");
    assertThat(downloads.isResumable(download)).isFalse();
  }

  @Test
  void anObjectThatChangedMeanwhileIsTakenAnew() throws Exception {
    Map<String, Object> first = Map.of("Content-Length", "5", "ETag", "\"v1\"");
    assertThatThrownBy(() -> downloads.save(download, 200, first, body("hel")));

    SourceFile file = downloads.save(download, 200, length(3), body("new"));

    assertThat(Files.readString(file.path())).isEqualTo("new");
  }

  @Test
  void withoutAStrongTagNothingIsResumed() {
    Map<String, Object> weak = Map.of("Content-Length", "5", "ETag", "W/\"v1\"");
    assertThatThrownBy(() -> downloads.save(download, 200, weak, body("hel")));

    assertThat(downloads.isResumable(download)).isFalse();
  }

  @Test
  void anotherRangeThanAskedForIsNotTaken() {
    Map<String, Object> first = Map.of("Content-Length", "5", "ETag", "\"v1\"");
    assertThatThrownBy(() -> downloads.save(download, 200, first, body("hel")));

    Map<String, Object> other = Map.of("Content-Range", "bytes 2-4/5");
    assertThatThrownBy(() -> downloads.save(download, 206, other, body("llo")))
        .isInstanceOf(TransientFailure.class)
        .hasMessageContaining("another range");
    assertThat(downloads.isResumable(download)).isFalse();
  }

  @Test
  void aRestThatIsGoneIsDownloadedAnew() {
    Map<String, Object> first = Map.of("Content-Length", "5", "ETag", "\"v1\"");
    assertThatThrownBy(() -> downloads.save(download, 200, first, body("hel")));

    assertThatThrownBy(() -> downloads.save(download, 416, Map.of(), body("")))
        .isInstanceOf(TransientFailure.class);
    assertThat(downloads.isResumable(download)).isFalse();
  }

  @Test
  void whatStorageSaysAndALongPathAreShownOnOneLineAndCut() {
    var hostile =
        new Download(
            "http://storage/x",
            "b/" + "x".repeat(100_000),
            "a\nb",
            download.token(),
            download.file());
    String json =
        "{'statusCode':'404','code':'NoSuchKey','message':'gone\\n\\u001b[2J%s'}"
            .replace('\'', '"')
            .formatted("y".repeat(50_000));

    assertThatThrownBy(() -> downloads.save(hostile, 400, Map.of(), body(json)))
        .isInstanceOfSatisfying(
            PermanentFailure.class,
            failure -> {
              assertThat(failure.getMessage())
                  .hasSizeLessThan(1_000)
                  .doesNotContain("\n", "\u001b");
              assertThat(failure.advice()).hasSizeLessThan(500);
            });
  }

  @Test
  void aBusyStorageSaysHowLongToRest() {
    Map<String, Object> busy = Map.of("Retry-After", "17");

    assertThatThrownBy(() -> downloads.save(download, 429, busy, body("")))
        .isInstanceOfSatisfying(
            TransientFailure.class,
            failure ->
                assertThat(failure.details().path("retryAfterSeconds").asInt()).isEqualTo(17));
  }

  @Test
  void aStoppedAttemptDownloadsNoMore() {
    cancellations.of(download.token()).stop(Cancellation.Reason.CANCELLED);

    assertThatThrownBy(() -> downloads.save(download, 200, length(5), body("hello")))
        .isInstanceOf(Stopped.class);
  }

  private Downloads downloads(Duration timeLimit) {
    return new Downloads(
        new SourceSettings(
            URI.create("http://storage"), new Secret("key"), MAX_BYTES, timeLimit, List.of("file")),
        new ObjectMapper(),
        cancellations,
        (token, progress) -> told.add(progress));
  }

  private static Map<String, Object> length(long bytes) {
    return Map.of("Content-Length", bytes);
  }

  private static ByteArrayInputStream body(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
