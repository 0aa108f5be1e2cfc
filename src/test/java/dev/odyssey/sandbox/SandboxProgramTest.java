package dev.odyssey.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxProgramTest {

  @TempDir Path folder;
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void bringsTheOtherVersionOfTheSamplesAfterEachSuccess() throws Exception {
    assertThat(syncsWhenRunsEnd("failed")).isFalse();
    assertThat(syncsWhenRunsEnd("completed")).isTrue();
    assertThat(syncsWhenRunsEnd("completed")).isTrue();
    assertThat(syncsWhenRunsEnd("completed")).isTrue();

    assertThat(printed.toString(UTF_8).lines().filter(line -> line.contains("samples version")))
        .extracting(line -> line.substring(line.length() - 1))
        .containsExactly("1", "1", "2", "1");
  }

  @Test
  void tellsWhatHappenedAndWhereToLook() throws Exception {
    syncsWhenRunsEnd("completed");

    assertThat(printed.toString(UTF_8))
        .containsPattern("stream +rows +inserted +updated +deleted +size +took +object")
        .containsPattern("customers +1,234 +1,000 +0 +0 +2 KB +\\d+\\.\\d s +tenant/run.parquet")
        .contains("duckdb -c", "psql postgres://postgres")
        .containsPattern("Web page +http://localhost:\\d+ +password \\w{8}");
  }

  @Test
  void tellsWhyARunFailed() throws Exception {
    syncsWhenRunsEnd("failed");

    assertThat(printed.toString(UTF_8)).contains("invoices: told to fail");
  }

  @Test
  void stopsTheRunnerWhileItsDatabaseStillAnswers() throws Exception {
    var stopped = new AtomicBoolean();
    RunnerProcess runner =
        settings -> {
          AutoCloseable running = runnerThatEndsRuns(settings, "completed");
          return () -> {
            running.close();
            endRuns(settings, "cancelled");
            stopped.set(true);
          };
        };

    try (var program = program(runner)) {
      program.syncSamples();
    }

    assertThat(stopped).isTrue();
  }

  private boolean syncsWhenRunsEnd(String status) throws Exception {
    RunnerProcess runner = settings -> runnerThatEndsRuns(settings, status);
    try (var program = program(runner)) {
      return program.syncSamples();
    }
  }

  private SandboxProgram program(RunnerProcess runner) {
    return new SandboxProgram(runner, folder, new PrintStream(printed, true, UTF_8));
  }

  private static AutoCloseable runnerThatEndsRuns(Map<String, String> settings, String status) {
    var stopped = new AtomicBoolean();
    var thread =
        new Thread(
            () -> {
              while (!stopped.get()) {
                endRuns(settings, status);
              }
            });
    thread.start();
    return () -> {
      stopped.set(true);
      thread.join();
    };
  }

  private static void endRuns(Map<String, String> settings, String status) {
    int port = URI.create(settings.get("DATABASE_URL")).getPort();
    String url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres?user=postgres";
    try (var connection = DriverManager.getConnection(url);
        var update =
            connection.prepareStatement(
                "with taken as (delete from pgmq.q_stream_sync_jobs)"
                    + " update stream_sync_runs set status = ?, rows_processed = 1234,"
                    + " rows_inserted = 1000, file_size_bytes = 1500, completed_at = now(),"
                    + " parquet_path = 'tenant/run.parquet',"
                    + " error_message = case ? when 'failed' then 'told to fail' end"
                    + " where status = 'pending'")) {
      update.setString(1, status);
      update.setString(2, status);
      update.executeUpdate();
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
