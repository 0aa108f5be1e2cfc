package dev.odyssey.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.sandbox.Fault;
import dev.odyssey.sandbox.Run;
import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.testing.SandboxRunner;
import dev.odyssey.testing.TestStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The log of a whole life, as {@code bin/odyssey} writes it at DEBUG: three runs, start to stop.
 */
class LogsTest {
  private static final String DATABASE_PASSWORD = "database-s3cret";
  private static final String DASHBOARD_PASSWORD = "dashboard-s3cret";
  private static final String SOURCE_TOKEN = "source-t0ken";
  private static final String ROW = "customer-row-d4ta";

  @TempDir static Path directory;
  private static Map<String, String> settings;
  private static Run completed;
  private static Run deadLettered;
  private static Run retried;
  private static List<JsonNode> lines;

  @BeforeAll
  static void live() throws Exception {
    try (var sandbox = Sandbox.throwAway()) {
      settings = environment(sandbox);
      UUID good = stream(sandbox);
      UUID missing = TestStream.in(sandbox).at("not/there.csv").define();
      UUID broken =
          TestStream.in(sandbox).at("broken.parquet").containing(ROW.getBytes(UTF_8)).define();
      giveToken(sandbox);
      List<UUID> waiting = manyInTurn(sandbox);
      Process runner = odyssey();
      try {
        for (UUID run : waiting) {
          over(sandbox, run);
        }
        completed = over(sandbox, sandbox.enqueue(good));
        deadLettered = over(sandbox, sandbox.enqueue(missing));
        over(sandbox, sandbox.enqueue(broken));
        sandbox.storage().failNext(3, Fault.status(503));
        retried = over(sandbox, sandbox.enqueue(good));
      } finally {
        runner.destroy();
        assertThat(runner.waitFor(60, TimeUnit.SECONDS)).isTrue();
      }
      lines = read();
    }
  }

  @AfterAll
  static void forget() {
    lines = null;
  }

  @Test
  void everyLineIsJson() {
    assertThat(lines).hasSizeGreaterThan(20).allMatch(line -> line.has("formattedMessage"));
  }

  @Test
  void noSecretIsInIt() throws IOException {
    String log = Files.readString(log());
    assertThat(log)
        .contains("DEBUG")
        .doesNotContain(
            settings.get("SUPABASE_SERVICE_ROLE_KEY"),
            settings.get("S3_SECRET_ACCESS_KEY"),
            DATABASE_PASSWORD,
            DASHBOARD_PASSWORD,
            SOURCE_TOKEN,
            "AWS4-HMAC-SHA256"); // nor a request's headers, one of which may be S3_SESSION_TOKEN
  }

  @Test
  void noRowIsInItAboveDebug() {
    assertThat(lines)
        .filteredOn(line -> !line.path("level").asText().equals("DEBUG"))
        .noneMatch(line -> line.toString().contains(ROW));
  }

  @Test
  void eachStepOfARunIsOneLineInItsContext() {
    List<JsonNode> told = steps(completed);

    assertThat(told)
        .extracting(line -> fact(line, "step"))
        .containsExactly(
            "wait-in-queue",
            "begin-attempt",
            "download-source",
            "download-previous",
            "transform-source",
            "publish-snapshot",
            "complete-run");
    assertThat(told)
        .allSatisfy(
            line -> {
              assertThat(line.path("level").asText()).isEqualTo("INFO");
              assertThat(line.at("/mdc/stream").asText()).isNotBlank();
              assertThat(line.at("/mdc/tenant").asText()).isNotBlank();
              assertThat(line.at("/mdc/attempt").asText()).isEqualTo("1");
            });
  }

  @Test
  void anErrorIsToldOnceForEachAttempt() {
    assertThat(errors(deadLettered))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.path("formattedMessage").asText())
                    .contains("NoSuchKey", " -- Upload schema-files/not/there.csv"));
    assertThat(errors(retried)).hasSize(1);
  }

  @Test
  void aRunThatCompletesTellsNoFailureOfTheOneBefore() {
    assertThat(lines)
        .filteredOn(line -> "completed".equals(fact(line, "ending")))
        .isNotEmpty()
        .noneMatch(line -> line.path("formattedMessage").asText().contains(" failed"));
  }

  private static List<JsonNode> steps(Run run) {
    return of(run).stream()
        .filter(line -> line.path("loggerName").asText().endsWith("StepLog"))
        .toList();
  }

  private static List<JsonNode> errors(Run run) {
    return of(run).stream().filter(line -> line.path("level").asText().equals("ERROR")).toList();
  }

  private static List<JsonNode> of(Run run) {
    return lines.stream()
        .filter(line -> line.at("/mdc/run").asText().equals(run.id().toString()))
        .toList();
  }

  private static String fact(JsonNode line, String key) {
    for (JsonNode pair : line.path("kvpList")) {
      if (pair.has(key)) {
        return pair.path(key).asText();
      }
    }
    return null;
  }

  /** More than there are places, so that each that ends has the next one claimed. */
  private static List<UUID> manyInTurn(Sandbox sandbox) throws Exception {
    List<UUID> runs = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      runs.add(sandbox.enqueue(TestStream.in(sandbox).at("not/there.csv").define()));
      runs.add(sandbox.enqueue(stream(sandbox)));
    }
    return runs;
  }

  private static Run over(Sandbox sandbox, UUID run) {
    await().atMost(Duration.ofSeconds(90)).until(() -> sandbox.run(run).isOver());
    return sandbox.run(run);
  }

  private static UUID stream(Sandbox sandbox) throws Exception {
    return TestStream.in(sandbox)
        .at("good.csv")
        .mapping("[{\"source\":\"id\",\"target\":\"id\"},{\"source\":\"t\",\"target\":\"t\"}]")
        .containing(("id,t\n1," + ROW + "\n2,b\n").getBytes(UTF_8))
        .define();
  }

  /** As sources have them that need a password of their own. */
  private static void giveToken(Sandbox sandbox) throws Exception {
    try (var connection = sandbox.database().dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(
          "update data_sources set config = config || '{\"token\": \"%s\"}'"
              .formatted(SOURCE_TOKEN));
    }
  }

  private static Map<String, String> environment(Sandbox sandbox) throws IOException {
    return SandboxRunner.environment(
        sandbox,
        SandboxRunner.freePort(),
        Map.of(
            "DATABASE_URL",
            "postgres://odyssey_runner:%s@127.0.0.1:%d/postgres"
                .formatted(DATABASE_PASSWORD, sandbox.database().port()),
            "DASHBOARD_PASSWORD",
            DASHBOARD_PASSWORD,
            "LOG_FORMAT",
            "json",
            "LOG_LEVEL",
            "DEBUG",
            "WORK_DIR",
            directory.resolve("work").toString()));
  }

  private static Process odyssey() throws IOException {
    var builder = new ProcessBuilder(Path.of("bin/odyssey").toAbsolutePath().toString(), "run");
    builder.environment().putAll(settings);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    return builder
        .redirectError(directory.resolve("errors.log").toFile())
        .redirectOutput(log().toFile())
        .start();
  }

  private static Path log() {
    return directory.resolve("odyssey.log");
  }

  private static List<JsonNode> read() throws IOException {
    var json = new ObjectMapper();
    var all = new ArrayList<JsonNode>();
    for (String line : Files.readAllLines(log())) {
      all.add(json.readTree(line));
    }
    return all;
  }
}
