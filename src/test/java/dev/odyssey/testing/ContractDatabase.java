package dev.odyssey.testing;

import dev.odyssey.database.Migrations;
import dev.odyssey.sandbox.Folders;
import dev.odyssey.sandbox.SandboxDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.sql.DataSource;

/** A real PostgreSQL with the contract installed, and the runner's part in it played by hand. */
public final class ContractDatabase implements AutoCloseable {
  private final Path folder;
  private final SandboxDatabase server;
  private final DataSource dataSource;

  private ContractDatabase(Path folder) {
    this.folder = folder;
    this.server = SandboxDatabase.start(folder);
    this.dataSource = server.dataSource();
  }

  /** A server of its own, with the contract. */
  public static ContractDatabase start() {
    ContractDatabase database = empty();
    new Migrations(database.dataSource).migrate();
    return database;
  }

  /** A server of its own, with nothing in it. */
  public static ContractDatabase empty() {
    try {
      return new ContractDatabase(Files.createTempDirectory("contract-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What {@code claim_jobs} returned for a job. */
  public record Claimed(UUID token, long msgId, UUID streamId, UUID runId) {}

  public DataSource dataSource() {
    return dataSource;
  }

  public SandboxDatabase server() {
    return server;
  }

  /** A stream of this tenant. */
  public UUID stream(UUID tenant) {
    UUID id = UUID.randomUUID();
    execute(
        "insert into data_streams (id, tenant_id, name) values (?, ?, ?)",
        id,
        tenant,
        "stream " + id);
    return id;
  }

  /** Many streams of this tenant, each with a run waiting. */
  public void enqueueMany(UUID tenant, int count) {
    execute(
        """
        with many as (
          insert into data_streams (id, tenant_id, name)
          select gen_random_uuid(), ?, 'one of many' from generate_series(1, ?)
          returning id)
        select odyssey.enqueue_sync(id) from many
        """,
        tenant,
        count);
  }

  public UUID enqueue(UUID stream) {
    return (UUID) value("select odyssey.enqueue_sync(?)", stream);
  }

  /** A stream of a tenant of its own, with one run waiting. */
  public UUID enqueueNew() {
    return enqueue(stream(UUID.randomUUID()));
  }

  public List<Claimed> claim(String runner, int places, int timeoutSeconds) {
    return claim(runner, places, timeoutSeconds, 0);
  }

  public List<Claimed> claim(String runner, int places, int timeoutSeconds, int perTenant) {
    return rows(
            "select * from odyssey.claim_jobs(p_batch_size => ?, p_visibility_timeout => ?,"
                + " p_runner => ?, p_max_per_tenant => ?)",
            places,
            timeoutSeconds,
            runner,
            perTenant)
        .stream()
        .map(
            row ->
                new Claimed(
                    (UUID) row.get("token"),
                    (Long) row.get("msg_id"),
                    (UUID) row.get("stream_id"),
                    (UUID) row.get("run_id")))
        .toList();
  }

  /** Whether the attempt was granted. */
  public boolean begin(UUID token) {
    return begin(token, 60);
  }

  public boolean begin(UUID token, int timeoutSeconds) {
    return (Boolean)
        value("select (odyssey.begin_attempt(?, ?) ->> 'granted')::boolean", token, timeoutSeconds);
  }

  public Object complete(UUID token, long rows) {
    return value(
        """
        select odyssey.complete_run(?, jsonb_build_object('processed', ?, 'inserted', 0,
          'updated', 0, 'deleted', 0, 'totalRows', 0, 'fileSizeBytes', 1, 'snapshotPath', 'x'))
        """,
        token,
        rows);
  }

  public Object retry(UUID token, int maxAttempts) {
    return value(
        "select odyssey.retry_run(?, 0, ?, '{\"message\": \"storage is away\"}')",
        token,
        maxAttempts);
  }

  public Object deadLetter(UUID token) {
    return value(
        "select odyssey.dead_letter_run(?, '{\"message\": \"bad file\", \"advice\": \"mend it\"}')",
        token);
  }

  public Object interrupt(UUID token) {
    return value("select odyssey.interrupt_run(?)", token);
  }

  /** As if this much time had passed without a renewal: the lease is over, the message visible. */
  public void expire(UUID token) {
    execute(
        """
        with visible as (
          update pgmq.q_stream_sync_jobs as q set vt = clock_timestamp()
          from odyssey.leases as l where l.msg_id = q.msg_id and l.token = ?
          returning l.token)
        update odyssey.leases as l set expires_at = clock_timestamp()
        from visible where visible.token = l.token
        """,
        token);
  }

  public String status(UUID run) {
    return (String) value("select status from stream_sync_runs where id = ?", run);
  }

  /** What the history says of this run's attempts, in order. */
  public List<String> outcomes(UUID run) {
    return rows("select outcome from odyssey.attempts where run_id = ? order by begun_at", run)
        .stream()
        .map(row -> (String) row.get("outcome"))
        .toList();
  }

  /** How many rows a table (or what follows FROM) has. */
  public long count(String from, Object... values) {
    return (Long) value("select count(*) from " + from, values);
  }

  /** The first column of the first row. */
  public Object value(String sql, Object... values) {
    return rows(sql, values).get(0).values().iterator().next();
  }

  public List<Map<String, Object>> rows(String sql, Object... values) {
    try (Connection connection = dataSource.getConnection()) {
      return rows(connection, sql, values);
    } catch (SQLException e) {
      throw new IllegalStateException(sql + ": " + e.getMessage(), e);
    }
  }

  public static List<Map<String, Object>> rows(Connection connection, String sql, Object... values)
      throws SQLException {
    try (var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (var result = statement.executeQuery()) {
        var rows = new ArrayList<Map<String, Object>>();
        while (result.next()) {
          var row = new LinkedHashMap<String, Object>();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            row.put(result.getMetaData().getColumnLabel(i), result.getObject(i));
          }
          rows.add(row);
        }
        return rows;
      }
    }
  }

  public void execute(String sql, Object... values) {
    try (Connection connection = dataSource.getConnection();
        var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.execute();
    } catch (SQLException e) {
      throw new IllegalStateException(sql + ": " + e.getMessage(), e);
    }
  }

  @Override
  public void close() {
    server.close();
    try {
      Folders.delete(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
