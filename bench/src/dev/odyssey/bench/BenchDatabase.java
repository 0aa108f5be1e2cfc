package dev.odyssey.bench;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** What benchmarks put into the sandbox's database and read from it. */
public final class BenchDatabase {
  static final UUID TENANT = UUID.fromString("b0000000-0000-4000-8000-000000000001");

  /** Remembers when each run was first claimed, which the product has no reason to keep. */
  private static final String WATCH_CLAIMS =
      """
      create schema bench;
      create table bench.claims (run_id uuid primary key, at timestamptz not null);
      create function bench.note_claim() returns trigger language plpgsql as $$
      begin
        insert into bench.claims values ((new.message ->> 'run_id')::uuid, clock_timestamp())
        on conflict do nothing;
        return new;
      end $$;
      create trigger note_claim after update on pgmq.q_stream_sync_jobs
        for each row when (new.read_ct > old.read_ct) execute function bench.note_claim();
      """;

  private static final String DEFINE_STREAM =
      """
      with source as (
        insert into data_sources (tenant_id, name, type, config)
        values (?, 'bench', 'file', jsonb_build_object('filePath', ?::text)) returning id)
      insert into data_streams (tenant_id, name, schema, source_data_source_id, primary_key)
      select ?, 'bench', ?::jsonb, id, '{id}' from source returning id
      """;

  /** Streams with a history of finished runs, as years of syncs leave them. */
  private static final String HISTORY =
      """
      create temp table old as
        select gen_random_uuid() as id, n from generate_series(1, %1$d) as n;
      insert into data_sources (id, tenant_id, name, type) select id, id, 'old', 'file' from old;
      insert into data_streams (id, tenant_id, name, source_data_source_id)
        select id, id, 'old ' || n, id from old;
      insert into data_mappings (data_stream_id) select id from old;
      insert into data_models (tenant_id, name, model_kind, source_stream_id)
        select id, 'old', 'base', id from old;
      insert into data_sync_state (data_stream_id, sync_status) select id, 'completed' from old;
      create temp table old_runs as
        select gen_random_uuid() as run, old.id from old, generate_series(1, %2$d);
      insert into stream_sync_runs (id, data_stream_id, tenant_id, status, completed_at)
        select run, id, id, 'completed', now() from old_runs;
      insert into odyssey.attempts
          (token, run_id, msg_id, stream_id, number, begun_at, ended_at, outcome)
        select run, run, 0, id, 1, now(), now(), 'completed' from old_runs;
      drop table old, old_runs;
      analyze;
      """;

  private static final String TIMES =
      """
      select extract(epoch from c.at), extract(epoch from r.created_at),
        extract(epoch from r.completed_at)
      from unnest(?::uuid[]) as asked (id)
        join stream_sync_runs as r using (id) join bench.claims as c on c.run_id = r.id
      where r.status = 'completed'
      """;

  private final DataSource database;

  public BenchDatabase(DataSource database) throws SQLException {
    this.database = database;
    run(WATCH_CLAIMS);
  }

  /** Seconds since 1970. */
  record Times(double claimed, double created, double completed) {
    /** Jobs a second, from the first claim to the last completion. */
    static double perSecond(List<Times> jobs) {
      double first = jobs.stream().mapToDouble(Times::claimed).min().orElseThrow();
      double last = jobs.stream().mapToDouble(Times::completed).max().orElseThrow();
      return jobs.size() / (last - first);
    }
  }

  /** A new stream whose source is an object of bucket {@code schema-files}. */
  public UUID defineStream(String path, String schema) throws SQLException {
    return defineStream(TENANT, path, schema);
  }

  /** The same, of any tenant. */
  UUID defineStream(UUID tenant, String path, String schema) throws SQLException {
    try (Connection connection = database.getConnection();
        var statement = connection.prepareStatement(DEFINE_STREAM)) {
      statement.setObject(1, tenant);
      statement.setString(2, path);
      statement.setObject(3, tenant);
      statement.setString(4, schema);
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getObject(1, UUID.class);
      }
    }
  }

  void addHistory(int streams, int runsPerStream) throws SQLException {
    run(HISTORY.formatted(streams, runsPerStream));
  }

  /** Asks for a sync of each stream; returns the runs. */
  public List<UUID> enqueue(List<UUID> streams) throws SQLException {
    List<UUID> runs = new ArrayList<>();
    try (Connection connection = database.getConnection();
        var statement = connection.prepareStatement("select odyssey.enqueue_sync(?)")) {
      for (UUID stream : streams) {
        statement.setObject(1, stream);
        try (var row = statement.executeQuery()) {
          row.next();
          runs.add(row.getObject(1, UUID.class));
        }
      }
    }
    return runs;
  }

  /** Waits until all of them are completed; throws where one failed. */
  List<Times> awaitCompleted(List<UUID> runs) throws SQLException, InterruptedException {
    while (true) {
      long open = count("status in ('pending', 'processing')", runs);
      if (count("status = 'failed'", runs) > 0) {
        throw new IllegalStateException("A run failed; see the service's log");
      }
      if (open == 0) {
        return times(runs);
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
  }

  private List<Times> times(List<UUID> runs) throws SQLException {
    List<Times> times = new ArrayList<>();
    try (Connection connection = database.getConnection();
        var statement = connection.prepareStatement(TIMES)) {
      statement.setArray(1, connection.createArrayOf("uuid", runs.toArray()));
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          times.add(new Times(rows.getDouble(1), rows.getDouble(2), rows.getDouble(3)));
        }
      }
    }
    return times;
  }

  private long count(String condition, List<UUID> runs) throws SQLException {
    try (Connection connection = database.getConnection();
        var statement =
            connection.prepareStatement(
                "select count(*) from stream_sync_runs where id = any (?) and " + condition)) {
      statement.setArray(1, connection.createArrayOf("uuid", runs.toArray()));
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private void run(String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
