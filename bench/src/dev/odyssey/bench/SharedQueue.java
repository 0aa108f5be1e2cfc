package dev.odyssey.bench;

import dev.odyssey.bench.BenchDatabase.Times;
import java.io.PrintStream;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import javax.sql.DataSource;

/**
 * How replicas shared a queue.
 *
 * @param perSecond jobs, from the first claim to the last completion
 * @param tenantShare while all tenants had jobs waiting: the fewest claims of one over the most
 * @param replicaShare the fewest jobs of a replica over the most; 0 where one did none
 * @param doubleWork attempts too many, runs that are not completed once, messages that are left
 * @param connections of all replicas, at most
 */
record SharedQueue(
    double perSecond, double tenantShare, double replicaShare, long doubleWork, long connections) {

  void print(int replicas, PrintStream out) {
    out.printf(
        Locale.ROOT,
        "%d replicas %8.1f jobs/s   least tenant/most %.2f   least replica/most %.2f"
            + "   double work %d   connections %d%n",
        replicas,
        perSecond,
        tenantShare,
        replicaShare,
        doubleWork,
        connections);
  }

  /** Looks from outside, by SQL. */
  record Inspection(DataSource database, int replicas) {
    /** Claims before the last claim of the tenant that ran out of waiting jobs first. */
    private static final String TENANT_SHARE =
        """
        with claim as (
          select r.tenant_id, c.at from bench.claims as c
            join stream_sync_runs as r on r.id = c.run_id where r.id = any (?)),
        ended as (select max(at) as at from claim group by tenant_id order by 1 limit 1),
        counted as (
          select count(*) filter (where c.at <= e.at) as claims
          from claim as c, ended as e group by c.tenant_id)
        select min(claims)::float8 / max(claims) from counted
        """;

    private static final String REPLICA_SHARE =
        """
        select case when count(*) = %d then min(jobs)::float8 / max(jobs) else 0 end
        from (select count(*) as jobs from odyssey.attempts where run_id = any (?) group by runner)
          as of_each
        """;

    private static final String DOUBLE_WORK =
        """
        select (select count(*) from unnest(asked.runs) as run
            where (select count(*) from odyssey.attempts as a where a.run_id = run) <> 1
              or (select count(*) from odyssey.attempts as a
                where a.run_id = run and a.outcome = 'completed') <> 1
              or not exists (
                select from data_sync_state as s join odyssey.attempts as a
                  on a.stream_id = s.data_stream_id
                where a.run_id = run and strpos(s.last_snapshot_path, run::text) > 0))
          + (select count(*) from pgmq.q_stream_sync_jobs)
        from (select ?::uuid[] as runs) as asked
        """;

    private static final String CONNECTIONS =
        "select count(*) from pg_stat_activity where application_name = 'odyssey-runner'"
            + " and usename = 'odyssey_runner'";

    SharedQueue of(List<UUID> runs, List<Times> times, long connections) throws SQLException {
      return new SharedQueue(
          Times.perSecond(times),
          number(TENANT_SHARE, runs),
          number(REPLICA_SHARE.formatted(replicas), runs),
          (long) number(DOUBLE_WORK, runs),
          connections);
    }

    long connections() {
      try (Connection connection = database.getConnection();
          var statement = connection.createStatement();
          var row = statement.executeQuery(CONNECTIONS)) {
        row.next();
        return row.getLong(1);
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private double number(String sql, List<UUID> runs) throws SQLException {
      try (Connection connection = database.getConnection();
          var statement = connection.prepareStatement(sql)) {
        statement.setArray(1, connection.createArrayOf("uuid", runs.toArray()));
        try (var row = statement.executeQuery()) {
          row.next();
          return row.getDouble(1);
        }
      }
    }
  }
}
