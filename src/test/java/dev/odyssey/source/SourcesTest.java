package dev.odyssey.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.failure.Secret;
import dev.odyssey.queue.Attempt;
import dev.odyssey.testing.Attempts;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SourcesTest {
  private static final String OBJECTS = "http://storage/storage/v1/object/authenticated/";

  private final Sources sources =
      new Sources(
          new SourceSettings(
              URI.create("http://storage"),
              new Secret("key"),
              1,
              Duration.ofHours(1),
              List.of("file", "csv")),
          new LastSources(new ObjectMapper(), "", pointer -> true));

  @Test
  void parquetFilePathWinsAndLiesInItsOwnBucket() {
    assertThat(url("{'parquetFilePath':'a.parquet','storedFilePath':'b.csv','filePath':'c.csv'}"))
        .isEqualTo(OBJECTS + "sources/a.parquet");
  }

  @Test
  void storedFilePathWinsOverFilePath() {
    assertThat(url("{'storedFilePath':'b.csv','filePath':'c.csv'}"))
        .isEqualTo(OBJECTS + "schema-files/b.csv");
  }

  @Test
  void pathsAreEncodedPartByPart() {
    assertThat(url("{'filePath':'tenant 1/März?x=1#y%2e+.csv'}"))
        .isEqualTo(OBJECTS + "schema-files/tenant%201/M%C3%A4rz%3Fx%3D1%23y%252e%2B.csv");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../other/secret", "a/../../b", "a//b", "a/./b", "..", "a/.."})
  void pathsThatClimbAreRefused(String path) {
    assertThatThrownBy(() -> url("{'filePath':'" + path + "'}"))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("is not the path of an object");
  }

  @Test
  void aPathIsShownOnOneLineAndCut() {
    String path = "\\u001b[2Jx/../a\\n\\u202e" + "y".repeat(100_000) + "/end.csv";

    assertThatThrownBy(() -> url("{'filePath':'" + path + "'}"))
        .hasMessageContaining("'\\u001b[2Jx/../a\\u000a\\u202ey")
        .hasMessageContaining("y…y")
        .hasMessageContaining("/end.csv' is not the path")
        .extracting(Throwable::getMessage, org.assertj.core.api.InstanceOfAssertFactories.STRING)
        .hasSizeLessThan(500);
  }

  @ParameterizedTest
  @ValueSource(strings = {"[\"a.csv\",\"b.csv\"]", "{\"name\":\"a.csv\"}", "7", "true"})
  void refusesAPathThatIsNoText(String path) {
    for (String field : List.of("parquetFilePath", "storedFilePath", "filePath")) {
      String others = field.equals("filePath") ? "" : ",\"filePath\":\"c.csv\"";
      assertThatThrownBy(() -> url("{\"" + field + "\":" + path + others + "}"))
          .isInstanceOf(PermanentFailure.class)
          .hasMessageContaining(field + " in its source's config must be a text, not " + path);
    }
  }

  @Test
  void aSourceWithoutFileIsRefused() {
    assertThatThrownBy(() -> url("{}")).hasMessageContaining("names no file");
  }

  @Test
  void anUnknownStreamIsNamed() {
    assertThatThrownBy(() -> sources.type(attempt("{'stream':null}")))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("Unknown stream");
  }

  @Test
  void aStreamWithoutSourceIsNamed() {
    assertThatThrownBy(() -> sources.type(attempt("{'stream':{},'source':null}")))
        .hasMessageContaining("Stream 'customers' has no source");
  }

  @Test
  void anUnknownTypeIsRefusedWithTheKnownOnes() {
    assertThatThrownBy(() -> sources.refuse(attempt("{'stream':{},'source':{'type':'Pigeon'}}")))
        .isInstanceOf(PermanentFailure.class)
        .hasMessageContaining("unknown source type 'pigeon'; known are file, csv");
  }

  private String url(String config) {
    Attempt attempt = attempt("{'stream':{},'source':{'type':'file','config':" + config + "}}");
    return sources.locate(attempt, Path.of("work")).url();
  }

  private static Attempt attempt(String definition) {
    try {
      return Attempts.with(new ObjectMapper().readTree(definition.replace('\'', '"')));
    } catch (java.io.IOException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
