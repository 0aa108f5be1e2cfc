package dev.odyssey.bench.crash;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.UUID;
import javax.sql.DataSource;

/** What the matrix reads from the database, on connections that no fault touches. */
final class Ledger {
  /** Counts effects where they happen, whatever the product says about them. */
  private static final String WATCH_POINTERS =
      """
      create table bench.switches (path text not null);
      create function bench.note_switch() returns trigger language plpgsql as $$
      begin
        insert into bench.switches values (new.last_snapshot_path);
        return new;
      end $$;
      create trigger note_switch after update on data_sync_state
        for each row execute function bench.note_switch();
      """;

  private static final String RECOVERY =
      """
      with fault as (select ?::timestamptz as at)
      select extract(epoch from max(coalesce(
        (select min(a.begun_at) from odyssey.attempts as a
         where a.run_id = r.id and a.begun_at > fault.at), r.completed_at) - fault.at))
      from stream_sync_runs as r, fault
      where r.id = any (?) and r.completed_at > fault.at
      """;

  private final DataSource database;

  /**
   * @param database which already has schema {@code bench}
   */
  Ledger(DataSource database) throws SQLException {
    this.database = database;
    try (Connection connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(WATCH_POINTERS);
    }
  }

  /** As {@code bin/odyssey cancel}. */
  void cancel(UUID run) throws SQLException {
    texts("select odyssey.cancel_run(?)", run);
  }

  /** As {@code bin/odyssey redrive --stream}. */
  void redrive(UUID stream) throws SQLException {
    texts("select odyssey.redrive(p_stream_id => ?)::text", stream);
  }

  /** How often a pointer was switched to this run's snapshot. */
  long switches(UUID run) throws SQLException {
    return count("select count(*) from bench.switches where path like '%' || ? || '.%'", run);
  }

  /** How many attempts say that they completed the run. */
  long completions(UUID run) throws SQLException {
    return count(
        "select count(*) from odyssey.attempts"
            + " where run_id = ?::uuid and outcome = 'completed'",
        run);
  }

  long waitingMessages() throws SQLException {
    return count("select count(*) from pgmq.q_stream_sync_jobs");
  }

  long deadLetters() throws SQLException {
    return count("select count(*) from pgmq.q_stream_sync_jobs_dlq");
  }

  long leases() throws SQLException {
    return count("select count(*) from odyssey.leases");
  }

  /** How many of the runs are not over. */
  long open(List<UUID> runs) throws SQLException {
    long open = 0;
    for (UUID run : runs) {
      open +=
          count(
              "select count(*) from stream_sync_runs where id = ?::uuid"
                  + " and status in ('pending', 'processing')",
              run);
    }
    return open;
  }

  /** The pointer's object key; empty where there is none. */
  String snapshotOf(UUID stream) throws SQLException {
    return texts("select last_snapshot_path from data_sync_state where data_stream_id = ?", stream)
        .stream()
        .findFirst()
        .orElse("");
  }

  /** Snapshots of the stream's completed runs, the newest first. */
  List<String> snapshots(UUID stream) throws SQLException {
    return texts(
        "select parquet_path from stream_sync_runs where data_stream_id = ? and status = 'completed'"
            + " order by completed_at desc",
        stream);
  }

  /** What happened to the run, for people. */
  List<String> attempts(UUID run) throws SQLException {
    return texts(
        "select format('%s by %s from %s to %s: %s', outcome, runner, begun_at, ended_at, error)"
            + " from odyssey.attempts where run_id = ? order by begun_at",
        run);
  }

  /**
   * Seconds from the fault until the last of the runs had a new attempt or, where the old one went
   * on, was completed; empty where all of them were completed before.
   */
  OptionalDouble recovery(Instant fault, List<UUID> runs) throws SQLException {
    try (Connection connection = database.getConnection();
        var statement = connection.prepareStatement(RECOVERY)) {
      statement.setString(1, fault.toString());
      statement.setArray(2, connection.createArrayOf("uuid", runs.toArray()));
      try (var row = statement.executeQuery()) {
        row.next();
        double seconds = row.getDouble(1);
        return row.wasNull() ? OptionalDouble.empty() : OptionalDouble.of(seconds);
      }
    }
  }

  private long count(String sql, UUID... ids) throws SQLException {
    try (Connection connection = database.getConnection();
        var statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < ids.length; i++) {
        statement.setString(i + 1, ids[i].toString());
      }
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private List<String> texts(String sql, UUID id) throws SQLException {
    try (Connection connection = database.getConnection();
        var statement = connection.prepareStatement(sql)) {
      statement.setObject(1, id);
      List<String> texts = new ArrayList<>();
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          texts.add(rows.getString(1));
        }
      }
      return texts;
    }
  }
}
