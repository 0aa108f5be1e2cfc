package dev.odyssey.sandbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A real PostgreSQL server on a free port of 127.0.0.1.
 *
 * <p>Its data stays in the folder from start to start, also when the sandbox was killed: a server
 * left behind is stopped first. Tuned for speed, not for surviving a power cut.
 */
public final class SandboxDatabase implements AutoCloseable {

  private static final String SUPERUSER = "postgres"; // and the database of the same name
  private static final int PORTS_TO_TRY = 5;

  private static final Map<String, String> SERVER_SETTINGS =
      Map.of(
          "listen_addresses", "127.0.0.1",
          "unix_socket_directories", "",
          "fsync", "off",
          "synchronous_commit", "off",
          "full_page_writes", "off",
          "wal_level", "minimal",
          "max_wal_senders", "0",
          "timezone", "UTC");

  private final PostgresBinaries postgres;
  private final Path folder;
  private final FolderLock lock;
  private int port;

  private SandboxDatabase(PostgresBinaries postgres, Path folder, FolderLock lock) {
    this.postgres = postgres;
    this.folder = folder;
    this.lock = lock;
  }

  /** Starts the server on the folder's data, which the first start creates. */
  public static SandboxDatabase start(Path folder) {
    try {
      Path absolute = folder.toAbsolutePath().normalize();
      FolderLock lock = FolderLock.take(absolute);
      try {
        var database = new SandboxDatabase(PostgresBinaries.unpacked(), absolute, lock);
        database.prepareData();
        database.startServer();
        return database;
      } catch (IOException | RuntimeException e) {
        lock.close();
        throw e;
      }
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL did not start in " + folder, e);
    }
  }

  public int port() {
    return port;
  }

  /** The database as a login sees it; any password is right. */
  public String url(String user) {
    return "postgres://" + user + ":sandbox@127.0.0.1:" + port + "/" + SUPERUSER;
  }

  /** The database as the superuser sees it. */
  public String url() {
    return url(SUPERUSER);
  }

  /** Unpooled connections of the superuser. */
  public DataSource dataSource() {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {"127.0.0.1"});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName(SUPERUSER);
    source.setUser(SUPERUSER);
    return source;
  }

  /** Ends all connections and stops the server; the data stays. Repeatable. */
  @Override
  public void close() {
    try (lock) {
      stopServerIfRunning();
    } catch (IOException e) {
      throw new UncheckedIOException("PostgreSQL in " + folder + " did not stop", e);
    }
  }

  private Path data() {
    return folder.resolve("data");
  }

  private Path log() {
    return folder.resolve("postgresql.log");
  }

  private void prepareData() throws IOException {
    if (!Files.exists(data())) {
      Path fresh = folder.resolve("data.new");
      Folders.delete(fresh);
      Folders.copy(postgres.initialisedData(), fresh);
      Folders.moveUnlessThere(fresh, data());
    }
    stopServerIfRunning();
    // Names a process that is gone; PostgreSQL would refuse to start once its id is in use again
    Files.deleteIfExists(data().resolve("postmaster.pid"));
  }

  private void startServer() throws IOException {
    for (int attempt = 1; ; attempt++) {
      port = Loopback.freePort();
      try {
        String settings =
            SERVER_SETTINGS.entrySet().stream()
                .map(setting -> "-c " + setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining(" ", "-p " + port + " ", ""));
        Files.deleteIfExists(log());
        postgres.run(
            "pg_ctl",
            "start",
            "--wait",
            "--timeout=60",
            "--pgdata=" + data(),
            "--log=" + log(),
            "--options=" + settings);
        return;
      } catch (IOException e) {
        String logged = Files.exists(log()) ? Files.readString(log()) : "";
        // Between our look and the server's start somebody else may take the port
        if (attempt == PORTS_TO_TRY || !logged.contains("could not bind")) {
          throw new IOException(e.getMessage() + "\n" + logged.strip(), e);
        }
      }
    }
  }

  private void stopServerIfRunning() throws IOException {
    if (isRunning()) {
      postgres.run("pg_ctl", "stop", "--wait", "--timeout=60", "--mode=fast", "--pgdata=" + data());
    }
  }

  /** Whether a server runs on our data, whoever started it. */
  private boolean isRunning() throws IOException {
    Path pidFile = data().resolve("postmaster.pid");
    if (!Files.exists(pidFile)) {
      return false;
    }
    long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
    return ProcessHandle.of(pid).filter(SandboxDatabase::isPostgres).isPresent();
  }

  private static boolean isPostgres(ProcessHandle process) {
    return process
        .info()
        .command()
        .map(command -> Path.of(command).getFileName().toString())
        .filter(name -> name.startsWith("postgres"))
        .isPresent();
  }
}
