package dev.odyssey.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.sandbox.Sandbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** A job must cost the same however many streams and runs the database has. */
class TableScansTest {
  private static final String RESULT =
      "{\"processed\": 1, \"inserted\": 1, \"updated\": 0, \"deleted\": 0, \"totalRows\": 1,"
          + " \"fileSizeBytes\": 1, \"snapshotPath\": \"x.parquet\"}";

  @Test
  void aJobReadsNoTableFromEndToEnd() throws Exception {
    try (Sandbox sandbox = Sandbox.throwAway();
        Connection connection = sandbox.database().dataSource().getConnection()) {
      var database = new BenchDatabase(sandbox.database().dataSource());
      database.addHistory(3_000, 4);
      UUID stream = database.defineStream("x.csv", "[]");
      Map<String, Long> before = rowsScanned(connection);

      UUID run = database.enqueue(List.of(stream)).get(0);
      String token = text(connection, "select token from odyssey.claim_jobs(1, 60)");
      run(connection, "select odyssey.begin_attempt('" + token + "', 60)");
      run(connection, "select * from odyssey.renew_leases('{" + token + "}', 60)");
      run(connection, "select odyssey.complete_run('" + token + "', '" + RESULT + "')");

      assertThat(sandbox.run(run).isCompleted()).isTrue();
      Map<String, Long> after = rowsScanned(connection);
      assertThat(after).containsKeys("attempts", "data_streams", "stream_sync_runs");
      assertThat(after)
          .allSatisfy(
              (table, rows) -> assertThat(rows - before.getOrDefault(table, 0L)).isLessThan(100));
    }
  }

  /** Rows that sequential scans have read, by table. */
  private static Map<String, Long> rowsScanned(Connection connection) throws SQLException {
    run(connection, "select pg_stat_force_next_flush()");
    run(connection, "select pg_stat_clear_snapshot()");
    var scanned = new TreeMap<String, Long>();
    try (var statement = connection.createStatement();
        var rows =
            statement.executeQuery(
                "select relname, seq_tup_read from pg_stat_user_tables"
                    + " where schemaname in ('public', 'odyssey', 'pgmq')")) {
      while (rows.next()) {
        scanned.put(rows.getString(1), rows.getLong(2));
      }
    }
    return scanned;
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
