package dev.odyssey.sandbox;

import dev.odyssey.database.Migrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;

/**
 * All that the runner needs around it, real and on this machine: PostgreSQL with the database
 * contract, S3 with the bucket, and a stand-in for Supabase Storage's download URL. Everything
 * listens on 127.0.0.1 alone and keeps its state in one folder.
 */
public final class Sandbox implements AutoCloseable {

  private static final String SERVICE_KEY = "sandbox-service-role-key";

  private final Path folder;
  private final SandboxDatabase database;
  private final SandboxS3 s3;
  private final StorageStandIn storage;
  private volatile boolean temporary;

  private Sandbox(Path folder, SandboxDatabase database, SandboxS3 s3) {
    this.folder = folder;
    this.database = database;
    this.s3 = s3;
    this.storage = StorageStandIn.start(folder.resolve("storage"), SERVICE_KEY);
  }

  /** Starts on the folder's state, which the first start creates. The caller closes it. */
  public static Sandbox start(Path folder) {
    Path absolute = folder.toAbsolutePath().normalize();
    CompletableFuture<SandboxS3> s3 =
        CompletableFuture.supplyAsync(() -> SandboxS3.start(absolute.resolve("s3")));
    SandboxDatabase database = null;
    try {
      database = SandboxDatabase.start(absolute.resolve("postgresql"));
      install(database);
      return new Sandbox(absolute, database, s3.join());
    } catch (RuntimeException e) {
      if (database != null) {
        database.close();
      }
      closeWhenStarted(s3);
      throw e;
    }
  }

  /** Starts an empty sandbox that goes when it is closed, or with the JVM at the latest. */
  public static Sandbox throwAway() {
    try {
      Path folder = Files.createTempDirectory("odyssey-sandbox-");
      Sandbox sandbox = start(folder);
      sandbox.temporary = true;
      Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "sandbox-close"));
      return sandbox;
    } catch (IOException e) {
      throw new UncheckedIOException("There is no place for a sandbox", e);
    }
  }

  /** Settings that point the runner here, by the names that environment variables have. */
  public Map<String, String> settings() {
    return Map.of(
        "DATABASE_URL",
        database.url("odyssey_runner"),
        "SUPABASE_URL",
        storage.url(),
        "SUPABASE_SERVICE_ROLE_KEY",
        SERVICE_KEY,
        "S3_ENDPOINT",
        s3.url(),
        "S3_REGION",
        SandboxS3.REGION,
        "S3_ACCESS_KEY_ID",
        SandboxS3.ACCESS_KEY_ID,
        "S3_SECRET_ACCESS_KEY",
        SandboxS3.SECRET_ACCESS_KEY,
        "STREAMS_BUCKET",
        SandboxS3.BUCKET,
        "WORK_DIR",
        folder.resolve("work").toString());
  }

  public SandboxDatabase database() {
    return database;
  }

  public SandboxS3 s3() {
    return s3;
  }

  public StorageStandIn storage() {
    return storage;
  }

  /** Where the storage stand-in's objects lie as files: {@code bucket/path}. */
  public Path storageFolder() {
    return folder.resolve("storage");
  }

  /** See {@link Samples#install}. */
  public void installSamples(int version) {
    Samples.install(database.dataSource(), storageFolder(), version);
  }

  /** Asks for a sync and returns the run that will do it. */
  public UUID enqueue(UUID streamId) {
    return query("sandbox/enqueue.sql", streamId, row -> row.getObject(1, UUID.class));
  }

  public Run run(UUID runId) {
    return query("sandbox/read-run.sql", runId, Run::read);
  }

  /**
   * Downloads a Parquet object of the bucket and reads it.
   *
   * @param key such as a run's {@code parquetPath}
   */
  public List<Map<String, Object>> rows(String key) {
    try {
      Path file = Files.createTempFile("snapshot-", ".parquet");
      try {
        byte[] content =
            s3.client()
                .getObjectAsBytes(object -> object.bucket(SandboxS3.BUCKET).key(key))
                .asByteArray();
        return ParquetRows.read(Files.write(file, content));
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Object " + key + " could not be read", e);
    }
  }

  /** Stops all parts; the state stays, unless thrown away. Stop the runner first. Repeatable. */
  @Override
  public synchronized void close() {
    storage.close();
    s3.close();
    database.close();
    if (temporary) {
      deleteFolder();
    }
  }

  private static void closeWhenStarted(CompletableFuture<SandboxS3> s3) {
    s3.handle(
            (started, failure) -> {
              if (started != null) {
                started.close();
              }
              return started;
            })
        .join();
  }

  private void deleteFolder() {
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException("The sandbox's " + folder + " could not be deleted", e);
    }
  }

  private static void install(SandboxDatabase database) {
    new Migrations(database.dataSource()).migrate();
    try (Connection connection = database.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute(Resource.text("sandbox/create-runner-role.sql"));
    } catch (SQLException e) {
      throw new IllegalStateException("The runner's role could not be created", e);
    }
  }

  @FunctionalInterface
  private interface RowReader<T> {
    T read(ResultSet row) throws SQLException;
  }

  private <T> T query(String sql, UUID id, RowReader<T> reader) {
    try (Connection connection = database.dataSource().getConnection();
        PreparedStatement statement = connection.prepareStatement(Resource.text(sql))) {
      statement.setObject(1, id);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException(sql + " finds nothing for " + id);
        }
        return reader.read(row);
      }
    } catch (SQLException e) {
      throw new IllegalStateException(sql + " failed for " + id, e);
    }
  }
}
