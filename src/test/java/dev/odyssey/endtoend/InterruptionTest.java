package dev.odyssey.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.odyssey.sandbox.Fault;
import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.sandbox.SandboxS3;
import dev.odyssey.testing.ContractDatabase;
import dev.odyssey.testing.SandboxRunner;
import dev.odyssey.testing.TestStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runners that are stopped, killed or told to cancel in the middle of a job. */
class InterruptionTest {
  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final byte[] CONTENT = "id,name\n1,a\n2,b\n3,c\n4,d\n5,e\n6,f\n".getBytes(UTF_8);

  private static Sandbox sandbox;

  @TempDir Path directory;

  @BeforeAll
  static void start() {
    sandbox = Sandbox.throwAway();
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @Test
  void aShutdownLetsARunningJobEnd() throws Exception {
    UUID run;
    var before = query("select name from odyssey.runners");
    try (var runner = SandboxRunner.start(sandbox, Map.of())) {
      run = sandbox.enqueue(slowStream(3));
      awaitProcessing(run);
      await().until(() -> query("select name from odyssey.runners").size() > before.size());
      assertThat(runner.isOver(run)).isFalse();
    }

    assertThat(sandbox.run(run).status()).isEqualTo("completed");
    assertThat(query("select name from odyssey.runners")).isEqualTo(before); // and nobody misses it
  }

  @Test
  void aShutdownGivesBackWhatDoesNotEndInTimeAndCountsNoAttempt() throws Exception {
    UUID run;
    try (var runner = SandboxRunner.start(sandbox, Map.of("SHUTDOWN_TIMEOUT_SECONDS", "1"))) {
      run = sandbox.enqueue(slowStream(6));
      awaitProcessing(run);
      assertThat(runner.isOver(run)).isFalse();
    }

    assertThat(sandbox.run(run).status()).isEqualTo("pending");
    assertThat(outcomes(run)).containsExactly("interrupted");
    assertThat(query("select from pgmq.q_stream_sync_jobs where vt <= clock_timestamp()"))
        .hasSize(1);
    assertThat(filesIn(Path.of(sandbox.settings().get("WORK_DIR")))).isEmpty();

    try (var runner = SandboxRunner.start(sandbox, Map.of())) {
      assertThat(runner.over(run).status()).isEqualTo("completed");
    }
  }

  @Test
  void aShutdownDoesNotWaitForADownloadThatStandsStill() throws Exception {
    sandbox.storage().failNext(1, new Fault.Stall(5));
    UUID run;
    try (var runner =
        SandboxRunner.start(
            sandbox, Map.of("SHUTDOWN_TIMEOUT_SECONDS", "0", "READ_TIMEOUT_MS", "600000"))) {
      run =
          sandbox.enqueue(
              TestStream.in(sandbox).at(UUID.randomUUID() + ".csv").containing(CONTENT).define());
      Path work = Path.of(sandbox.settings().get("WORK_DIR"));
      await().atMost(PATIENCE).until(() -> !filesIn(work).isEmpty());
      assertThat(runner.isOver(run)).isFalse();
    }

    assertThat(outcomes(run)).containsExactly("interrupted"); // given back, not left to its lease
    assertThat(query("select from odyssey.leases")).isEmpty();
    query("select odyssey.cancel_run(?)", run);
  }

  @Test
  void aRunningJobThatIsCancelledPublishesNothingAndLeavesNothing() throws Exception {
    try (var runner = SandboxRunner.start(sandbox, Map.of())) {
      UUID run = sandbox.enqueue(slowStream(4));
      awaitProcessing(run);
      query("select odyssey.cancel_run(?)", run);

      await().atMost(PATIENCE).until(() -> outcomes(run).contains("cancelled"));
      assertThat(runner.over(run).status()).isEqualTo("cancelled");
      Path work = Path.of(sandbox.settings().get("WORK_DIR"));
      await().atMost(PATIENCE).until(() -> filesIn(work).isEmpty());
      assertThat(query("select from pgmq.q_stream_sync_jobs")).isEmpty();
      assertThat(
              sandbox.s3().client().listObjectsV2(list -> list.bucket(SandboxS3.BUCKET)).contents())
          .noneMatch(object -> object.key().contains(run.toString()));
    }
  }

  @Test
  void aJobWhoseRunnerIsKilledIsDoneByTheNextAndItsFilesAreRemoved() throws Exception {
    UUID run = sandbox.enqueue(slowStream(30));
    Process killed = odyssey(Map.of("VISIBILITY_TIMEOUT_SECONDS", "3"));
    try {
      awaitProcessing(run);
    } finally {
      killed.destroyForcibly().waitFor();
    }

    try (var runner =
        SandboxRunner.start(
            sandbox, Map.of("VISIBILITY_TIMEOUT_SECONDS", "3", "WORK_DIR", work().toString()))) {
      assertThat(runner.over(run).status()).isEqualTo("completed");
    }
    assertThat(outcomes(run)).containsExactly("crashed", "completed");
    assertThat(filesIn(work())).isEmpty();
  }

  private Path work() {
    return directory.resolve("work");
  }

  private Process odyssey(Map<String, String> settings) throws Exception {
    var builder = new ProcessBuilder(Path.of("bin/odyssey").toAbsolutePath().toString(), "run");
    builder
        .environment()
        .putAll(SandboxRunner.environment(sandbox, SandboxRunner.freePort(), settings));
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("WORK_DIR", work().toString());
    builder.redirectErrorStream(true).redirectOutput(directory.resolve("log").toFile());
    return builder.start();
  }

  private static UUID slowStream(int seconds) throws Exception {
    sandbox.storage().failNext(1, new Fault.Slowness(Math.max(1, CONTENT.length / seconds)));
    return TestStream.in(sandbox).at(UUID.randomUUID() + ".csv").containing(CONTENT).define();
  }

  private static void awaitProcessing(UUID run) {
    await().atMost(PATIENCE).until(() -> sandbox.run(run).status().equals("processing"));
  }

  private static List<Object> outcomes(UUID run) throws Exception {
    return query("select outcome from odyssey.attempts where run_id = ? order by begun_at", run)
        .stream()
        .map(row -> row.get("outcome"))
        .toList();
  }

  private static List<Map<String, Object>> query(String sql, Object... values) throws Exception {
    try (var connection = sandbox.database().dataSource().getConnection()) {
      return ContractDatabase.rows(connection, sql, values);
    }
  }

  /** Of jobs: a living runner also has its lock, the engine's library and spare processes there. */
  private static List<Path> filesIn(Path folder) throws Exception {
    try (Stream<Path> tree = Files.walk(folder)) {
      return tree.filter(Files::isRegularFile)
          .filter(file -> !file.toString().matches(".*(\\.lock|/engine/[^/]*|/child-.*)"))
          .toList();
    }
  }
}
