package dev.odyssey.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.failure.TransientFailure;
import dev.odyssey.settings.Secret;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DownloadsTest {
  private static final long MAX_BYTES = 20;

  @TempDir Path directory;
  private Download download;

  private final Downloads downloads =
      new Downloads(
          new SourceSettings(
              URI.create("http://storage"), new Secret("key"), MAX_BYTES, List.of("file")),
          new ObjectMapper());

  @BeforeEach
  void locate() {
    download =
        new Download(
            "http://storage/x", "schema-files/a.csv", "customers", directory.resolve("source"));
  }

  @Test
  void keepsTheBytesAndTheirHash() throws Exception {
    SourceFile file = downloads.save(download, 200, 5L, body("hello"));

    assertThat(Files.readString(file.path())).isEqualTo("hello");
    assertThat(file.bytes()).isEqualTo(5);
    assertThat(file.sha256())
        .isEqualTo("2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824");
  }

  @Test
  void aBodyShorterThanAnnouncedIsTriedAgain() {
    assertThatThrownBy(() -> downloads.save(download, 200, 9L, body("hello")))
        .isInstanceOf(TransientFailure.class)
        .hasMessageContaining("customers")
        .hasMessageContaining("ended after 5 of 9 bytes");
  }

  @Test
  void aFileOverTheLimitIsRefusedByItsAnnouncedLength() {
    assertThatThrownBy(() -> downloads.save(download, 200, 21L, body("")))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("MAX_SOURCE_BYTES");
  }

  @Test
  void aFileOverTheLimitIsRefusedThoughItsLengthIsNotAnnounced() {
    assertThatThrownBy(() -> downloads.save(download, 200, null, body("x".repeat(21))))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("MAX_SOURCE_BYTES");
  }

  @Test
  void theTrueCodeOfSupabasesJsonDecides() {
    String json =
        "{\"statusCode\":\"404\",\"code\":\"NoSuchKey\",\"message\":\"Object not found\"}";

    assertThatThrownBy(() -> downloads.save(download, 400, null, body(json)))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("404 NoSuchKey Object not found")
        .hasMessageContaining("schema-files/a.csv");
  }

  @Test
  void aBusyStorageBehindA400IsTriedAgain() {
    String json = "{\"statusCode\":\"503\",\"code\":\"SlowDown\",\"message\":\"later\"}";

    assertThatThrownBy(() -> downloads.save(download, 400, null, body(json)))
        .isInstanceOf(TransientFailure.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {408, 429, 500, 502, 503, 504})
  void passingStatusesAreTriedAgain(int status) {
    assertThatThrownBy(() -> downloads.save(download, status, null, body("<html>")))
        .isInstanceOf(TransientFailure.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {301, 307, 401, 403, 404, 416})
  void otherStatusesAreNot(int status) {
    assertThatThrownBy(() -> downloads.save(download, status, null, body("")))
        .isInstanceOf(PermanentFailure.class);
  }

  private static ByteArrayInputStream body(String text) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
  }
}
