package dev.odyssey.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.NetworkInterface;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxDatabaseTest {

  @TempDir Path folder;

  @Test
  void keepsItsDataAcrossARestart() throws Exception {
    try (SandboxDatabase database = SandboxDatabase.start(folder)) {
      execute(database, "create table note as select 'kept' as text");
    }

    try (SandboxDatabase database = SandboxDatabase.start(folder)) {
      assertThat(query(database, "select text from note")).isEqualTo("kept");
    }
  }

  @Test
  void startsAgainWhenTheSandboxWasKilledAndItsServerStillRuns() throws Exception {
    Process sandbox = startInAnotherJvm();
    long orphan = postmaster();
    sandbox.destroyForcibly().waitFor();
    assertThat(ProcessHandle.of(orphan)).isPresent();

    try (SandboxDatabase database = SandboxDatabase.start(folder)) {
      assertThat(query(database, "select text from note")).isEqualTo("kept");
      assertThat(postmaster()).isNotEqualTo(orphan);
    }
    await().until(() -> ProcessHandle.of(orphan).isEmpty());
  }

  @Test
  void startsAgainWhenTheNamedProcessIsSomebodyElse() throws Exception {
    SandboxDatabase.start(folder).close();
    Files.writeString(pidFile(), ProcessHandle.current().pid() + "\n");

    try (SandboxDatabase database = SandboxDatabase.start(folder)) {
      assertThat(query(database, "select 'up'")).isEqualTo("up");
    }
  }

  @Test
  void refusesAFolderInUse() {
    try (SandboxDatabase database = SandboxDatabase.start(folder)) {
      assertThatThrownBy(() -> SandboxDatabase.start(folder))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Another sandbox runs in " + folder);
      assertThat(database.port()).isPositive();
    }
  }

  @Test
  void answersAtItsUrlAndOnNoOtherAddress() throws Exception {
    try (SandboxDatabase database = SandboxDatabase.start(folder)) {
      String jdbcUrl = "jdbc:postgresql://127.0.0.1:" + database.port() + "/postgres";
      DriverManager.getConnection(jdbcUrl, "postgres", "postgres").close();

      assertThat(database.url())
          .isEqualTo("postgres://postgres:sandbox@127.0.0.1:%d/postgres", database.port());
      for (var network : Collections.list(NetworkInterface.getNetworkInterfaces())) {
        for (var address : Collections.list(network.getInetAddresses())) {
          if (!address.getHostAddress().equals("127.0.0.1")) {
            assertThatThrownBy(() -> new Socket(address, database.port()).close())
                .isInstanceOf(IOException.class);
          }
        }
      }
    }
  }

  @Test
  void leavesNoProcessBehindWhenClosed() throws Exception {
    SandboxDatabase database = SandboxDatabase.start(folder);
    long pid = postmaster();

    database.close();

    await().until(() -> ProcessHandle.of(pid).isEmpty());
  }

  /** Run by {@link #startInAnotherJvm}: starts, writes, reports and waits to be killed. */
  static final class KilledSandbox {
    private KilledSandbox() {}

    public static void main(String[] arguments) throws Exception {
      SandboxDatabase database = SandboxDatabase.start(Path.of(arguments[0]));
      execute(database, "create table note as select 'kept' as text");
      System.out.println("started");
      System.in.read();
    }
  }

  private Process startInAnotherJvm() throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                KilledSandbox.class.getName(),
                folder.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var printed = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    assertThat(printed.lines().anyMatch("started"::equals)).isTrue();
    return process;
  }

  private Path pidFile() {
    return folder.resolve("data/postmaster.pid");
  }

  private long postmaster() throws Exception {
    return Long.parseLong(Files.readAllLines(pidFile()).get(0));
  }

  private static void execute(SandboxDatabase database, String sql) throws SQLException {
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(SandboxDatabase database, String sql) throws SQLException {
    try (var connection = database.dataSource().getConnection();
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
