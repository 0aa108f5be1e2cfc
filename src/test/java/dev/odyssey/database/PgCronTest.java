package dev.odyssey.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.odyssey.testing.SandboxRunner;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The schedule that the README gives to pg_cron, on the real extension. */
class PgCronTest {
  private static final String STREAM = "51000000-0000-4000-8000-000000000001";

  private static DebianPostgres server;

  @BeforeAll
  static void start() throws Exception {
    assumeTrue(
        DebianPostgres.hasPgCron(), "pg_cron is missing: apt-get install postgresql-15-cron");
    server =
        DebianPostgres.start(
            SandboxRunner.freePort(),
            "shared_preload_libraries=pg_cron",
            "cron.host=127.0.0.1",
            "cron.database_name=postgres");
    new Migrations(server.dataSource()).migrate();
    execute(
        "insert into data_streams (id, tenant_id, name)"
            + " values ('%s', gen_random_uuid(), 'scheduled stream')".formatted(STREAM));
  }

  @AfterAll
  static void stop() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void schedulesAndUnschedulesOnceTheExtensionIsThere() throws Exception {
    assertThatThrownBy(() -> ask("select odyssey.schedule_sync('%s', '* * * * *')"))
        .hasMessageContaining("the extension pg_cron is not in database postgres");
    execute("create extension pg_cron");
    assertThatThrownBy(() -> ask("select odyssey.schedule_sync('%s', 'every day')"))
        .hasMessageContaining("invalid schedule");

    ask("select odyssey.schedule_sync('%s', '0 3 * * *')");
    ask("select odyssey.schedule_sync('%s', '* * * * *')");

    assertThat(ask("select string_agg(schedule, ', ') from cron.job")).isEqualTo("* * * * *");
    await("a run by pg_cron")
        .atMost(Duration.ofSeconds(150)) // pg_cron looks once a minute
        .until(() -> ask("select count(*) from stream_sync_runs").equals("1"));
    assertThat(ask("select trigger_type || ' ' || status from stream_sync_runs"))
        .isEqualTo("scheduled pending");
    assertThat(ask("select count(*) from pgmq.q_stream_sync_jobs")).isEqualTo("1");
    assertThat(ask("select odyssey.unschedule_sync('%s')")).isEqualTo("t");
    assertThat(ask("select odyssey.unschedule_sync('%s')")).isEqualTo("f");
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = server.dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(String sql) throws SQLException {
    try (Connection connection = server.dataSource().getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql.formatted(STREAM))) {
      row.next();
      return row.getString(1);
    }
  }
}
