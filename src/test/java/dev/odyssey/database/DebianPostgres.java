package dev.odyssey.database;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A PostgreSQL 15 of Debian's packages on a port of 127.0.0.1, since pg_cron is not among the
 * binaries that Maven Central has. Root runs it as the user postgres, whom the packages make.
 */
final class DebianPostgres implements AutoCloseable {
  private static final Path HOME = Path.of("/usr/lib/postgresql/15");
  private static final boolean ROOT = System.getProperty("user.name").equals("root");

  private final Path folder;
  private final int port;

  private DebianPostgres(Path folder, int port) {
    this.folder = folder;
    this.port = port;
  }

  static boolean hasPgCron() {
    return Files.exists(HOME.resolve("lib/pg_cron.so"));
  }

  static DebianPostgres start(int port, String... settings) throws IOException {
    Path folder = Files.createTempDirectory("debian-postgres-");
    if (ROOT) {
      run(List.of("chown", "postgres", folder.toString()));
    }
    var server = new DebianPostgres(folder, port);
    server.postgres("initdb", "-A", "trust", "-U", "postgres", "-D", server.data(), "--no-sync");
    var options = new StringBuilder("-p " + port + " -c listen_addresses=127.0.0.1 -c fsync=off");
    options.append(" -c unix_socket_directories=''");
    for (String setting : settings) {
      options.append(" -c ").append(setting);
    }
    server.postgres("pg_ctl", "start", "-w", "-D", server.data(), "-o", options.toString());
    return server;
  }

  DataSource dataSource() {
    var source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"127.0.0.1"});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName("postgres");
    source.setUser("postgres");
    return source;
  }

  @Override
  public void close() throws IOException {
    postgres("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data());
    run(List.of("rm", "-rf", folder.toString()));
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private void postgres(String program, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    if (ROOT) {
      command.addAll(List.of("runuser", "-u", "postgres", "--"));
    }
    command.add(HOME.resolve("bin").resolve(program).toString());
    command.addAll(List.of(arguments));
    run(command);
  }

  private static void run(List<String> command) throws IOException {
    Path output = Files.createTempFile("debian-postgres-", ".log"); // the server keeps a pipe open
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(Path.of("/").toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (process.onExit().join().exitValue() != 0) {
        throw new IOException(command + ": " + Files.readString(output, StandardCharsets.UTF_8));
      }
    } finally {
      Files.delete(output);
    }
  }
}
