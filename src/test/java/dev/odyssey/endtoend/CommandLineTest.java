package dev.odyssey.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.testing.SandboxRunner;
import dev.odyssey.testing.TestStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/odyssey} as a process of its own, on the packaged jar. */
class CommandLineTest {
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
  void runsJobsUntilSigtermAndExitsZero() throws Exception {
    UUID stream = TestStream.in(sandbox).containing("id\n1\n".getBytes(UTF_8)).define();
    UUID run = sandbox.enqueue(stream);

    Process process = odyssey(Map.of(), "run");
    try {
      await().atMost(Duration.ofSeconds(60)).until(() -> sandbox.run(run).isCompleted());
      process.destroy();

      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(output()).isZero();
    } finally {
      process.destroyForcibly();
    }
    assertThat(output())
        .contains("Started: 2 jobs at once", "Stopped")
        .doesNotContain(sandbox.settings().get("SUPABASE_SERVICE_ROLE_KEY"));
  }

  @Test
  void leavesNoLibraryOfTheEngineWhenItIsStopped() throws Exception {
    UUID run =
        sandbox.enqueue(TestStream.in(sandbox).containing("id\n1\n".getBytes(UTF_8)).define());
    Path temporary = Files.createDirectory(directory.resolve("temporary"));

    Process process =
        odyssey(
            Map.of(
                "TRANSFORM_ISOLATION", "in-process", "JAVA_OPTS", "-Djava.io.tmpdir=" + temporary),
            "run");
    try {
      await().atMost(Duration.ofSeconds(60)).until(() -> sandbox.run(run).isCompleted());
      assertThat(temporary).isDirectoryContaining("glob:**libduckdb*");
      process.destroy();

      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    assertThat(temporary).isDirectoryNotContaining("glob:**libduckdb*");
  }

  @Test
  void wrongSettingsStopTheStartWithTheirNames() throws Exception {
    int exitCode =
        exitCode(
            odyssey(
                Map.of(
                    "BATCH_SIZE", "-1",
                    "S3_ENDPOINT", "ftp://storage",
                    "DUCKDB_MEMORY_LIMIT", "lots",
                    "DUCKDB_TEMP_LIMIT", "20"),
                "run"));

    assertThat(exitCode).isEqualTo(2);
    assertThat(output()).contains("BATCH_SIZE must be").contains("S3_ENDPOINT must be");
    assertThat(output())
        .contains("DUCKDB_MEMORY_LIMIT must be auto or a size", "DUCKDB_TEMP_LIMIT must be");
  }

  @Test
  void aPortThatIsTakenStopsTheStart() throws Exception {
    try (var taken = new ServerSocket(0)) {
      String port = String.valueOf(taken.getLocalPort());

      assertThat(exitCode(odyssey(Map.of("HEALTH_CHECK_PORT", port), "run"))).isEqualTo(2);

      assertThat(output()).contains("HEALTH_CHECK_PORT is " + port + ": Address already in use");
    }
  }

  @Test
  void aFolderWithoutRoutesStopsTheStart() throws Exception {
    String folder = directory.resolve("none").toString();

    assertThat(exitCode(odyssey(Map.of("ROUTES_DIR", folder), "run"))).isEqualTo(2);

    assertThat(output()).contains("ROUTES_DIR cannot be read", folder);
  }

  @Test
  void aFileOfSettingsThatTheEnvironmentNamesIsMissedByThatName() throws Exception {
    assertThat(exitCode(odyssey(Map.of("ODYSSEY_CONFIG", "nowhere"), "status"))).isEqualTo(2);

    assertThat(output()).contains("ODYSSEY_CONFIG nowhere: there is no such file");
  }

  @Test
  void whatIsNoCommandIsToldSo() throws Exception {
    assertThat(exitCode(odyssey(Map.of()))).isEqualTo(2);
    assertThat(output()).contains("Usage: odyssey", "enqueue");

    assertThat(exitCode(odyssey(Map.of(), "nosuch"))).isEqualTo(2);
    assertThat(output()).contains("There is no command 'nosuch'");

    assertThat(exitCode(odyssey(Map.of(), "preview", "nosuch.csv"))).isEqualTo(1);
    assertThat(output()).contains("There is no stream or file 'nosuch.csv'");

    String run = UUID.randomUUID().toString();
    assertThat(exitCode(odyssey(Map.of(), "cancel", run))).isEqualTo(1);
    assertThat(output()).contains("There is no run '" + run + "'");
  }

  @Test
  void enqueuePrintsTheRunAndStatusShowsTheStream() throws Exception {
    UUID stream = TestStream.in(sandbox).define();
    Map<String, String> admin = Map.of("DATABASE_URL", sandbox.database().url());

    assertThat(exitCode(odyssey(admin, "enqueue", stream.toString()))).isZero();
    assertThat(sandbox.run(UUID.fromString(output().strip())).status()).isEqualTo("pending");

    assertThat(exitCode(odyssey(admin, "status", stream.toString()))).isZero();
    assertThat(output()).contains("stream " + stream.toString().substring(0, 30), "waiting");
  }

  @Test
  void previewOfAStreamShowsItsSourceAndChangesNothing() throws Exception {
    UUID stream =
        TestStream.in(sandbox)
            .mapping("[{\"source\":\"id\",\"target\":\"number\"}]")
            .containing("id,name\n7,a\n".getBytes(UTF_8))
            .define();

    assertThat(exitCode(odyssey(Map.of(), "preview", stream.toString()))).as(output()).isZero();

    assertThat(output())
        .contains("stream " + stream, "number", "{\"source\":\"id\",\"target\":\"number\"}")
        .doesNotContain(sandbox.settings().get("SUPABASE_SERVICE_ROLE_KEY"));
    assertThat(exitCode(odyssey(Map.of(), "preview", UUID.randomUUID().toString()))).isEqualTo(1);
    assertThat(output()).contains("Unknown stream");
  }

  @Test
  void previewOfAStreamOfSeveralObjectsShowsThemAsOneTable() throws Exception {
    Path folder = Files.createDirectories(sandbox.storageFolder().resolve("schema-files/several"));
    Files.writeString(folder.resolve("1.csv"), "id,name\n1,one\n");
    Files.writeString(folder.resolve("2.csv"), "id,name\n2,two\n");
    UUID stream = TestStream.in(sandbox).at("several/*.csv").define();

    assertThat(exitCode(odyssey(Map.of(), "preview", stream.toString()))).as(output()).isZero();

    assertThat(output()).contains("2 rows", "one", "two");
  }

  @Test
  void checkNamesWhatIsMissing() throws Exception {
    assertThat(exitCode(odyssey(Map.of(), "check", "--no-sources"))).as(output()).isZero();

    assertThat(exitCode(odyssey(Map.of("STREAMS_BUCKET", "nowhere"), "check", "--no-sources")))
        .isEqualTo(1);
    assertThat(output()).contains("ok   database").contains("'nowhere' does not exist");
  }

  @Test
  void migrateTwiceChangesNothing() throws Exception {
    Map<String, String> admin = Map.of("DATABASE_URL", sandbox.database().url());

    assertThat(exitCode(odyssey(admin, "migrate"))).as(output()).isZero();

    assertThat(output()).contains("nothing to do");
  }

  private int exitCode(Process process) throws InterruptedException, IOException {
    if (!process.waitFor(60, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new AssertionError("still running: " + output());
    }
    return process.exitValue();
  }

  private Process odyssey(Map<String, String> settings, String... arguments) throws IOException {
    var command = new ArrayList<>(List.of(Path.of("bin/odyssey").toAbsolutePath().toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command);
    var environment =
        new HashMap<>(SandboxRunner.environment(sandbox, SandboxRunner.freePort(), settings));
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    environment.put("WORK_DIR", directory.resolve("work").toString());
    builder.environment().putAll(environment);
    builder.redirectErrorStream(true).redirectOutput(log().toFile());
    return builder.start();
  }

  private String output() throws IOException {
    return Files.readString(log());
  }

  private Path log() {
    return directory.resolve("output.log");
  }
}
