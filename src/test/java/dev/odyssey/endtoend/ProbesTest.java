package dev.odyssey.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.testing.SandboxRunner;
import java.net.ServerSocket;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProbesTest {
  private static Sandbox sandbox;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.throwAway();
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/health", "/healthz", "/ready", "/readyz"})
  void allAreUpWhenAllIsWell(String path) throws Exception {
    try (var runner = SandboxRunner.start(sandbox, Map.of())) {
      await().untilAsserted(() -> assertThat(runner.get(path).statusCode()).isEqualTo(200));

      assertThat(runner.get(path).body()).contains("\"status\":\"UP\"");
    }
  }

  @Test
  void readinessNamesTheMissingBucketAndLivenessDoesNotMind() throws Exception {
    try (var runner = SandboxRunner.start(sandbox, Map.of("STREAMS_BUCKET", "nowhere"))) {
      await()
          .untilAsserted(
              () -> assertThat(runner.get("/ready").body()).contains("'nowhere' does not exist"));

      assertThat(runner.get("/ready").statusCode()).isEqualTo(503);
      assertThat(runner.get("/health").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void storageThatIsDownStopsNoStartAndReadinessSaysSo() throws Exception {
    String nobody = "http://127.0.0.1:" + SandboxRunner.freePort();
    try (var runner = SandboxRunner.start(sandbox, Map.of("S3_ENDPOINT", nobody))) {
      await()
          .untilAsserted(
              () -> assertThat(runner.get("/ready").body()).contains("bucket does not answer"));

      assertThat(runner.get("/health").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void readinessNamesTheMissingSchemaAndTheCommand() throws Exception {
    try (var connection = sandbox.database().dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute("create database bare");
    }
    String url = sandbox.database().url().replaceAll("/[^/]*$", "/bare");
    try (var runner = SandboxRunner.start(sandbox, Map.of("DATABASE_URL", url))) {
      await()
          .untilAsserted(
              () -> assertThat(runner.get("/ready").body()).contains("bin/odyssey migrate"));
    }
  }

  @Test
  void probesAnswerWithinASecondThoughTheDatabaseHangs() throws Exception {
    try (var silent = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      String url = "postgres://a:b@127.0.0.1:" + silent.getLocalPort() + "/x";
      try (var runner =
          SandboxRunner.start(
              sandbox, Map.of("DATABASE_URL", url, "SHUTDOWN_TIMEOUT_SECONDS", "1"))) {
        Instant asked = Instant.now();

        assertThat(runner.get("/ready").statusCode()).isEqualTo(503);
        assertThat(runner.get("/health").statusCode()).isEqualTo(200);

        assertThat(Duration.between(asked, Instant.now())).isLessThan(Duration.ofSeconds(5));
      }
    }
  }

  @Test
  void probesAreOnWhateverTheCaseOfTrue() throws Exception {
    try (var runner = SandboxRunner.start(sandbox, Map.of("HEALTH_CHECK_ENABLED", "TRUE"))) {
      assertThat(runner.get("/health").statusCode()).isEqualTo(200);
    }
  }

  @Test
  void nothingListensWhenProbesAreOff() throws Exception {
    try (var runner = SandboxRunner.start(sandbox, Map.of("HEALTH_CHECK_ENABLED", "false"))) {
      assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> runner.get("/health")))
          .isInstanceOf(java.net.ConnectException.class);
    }
  }
}
