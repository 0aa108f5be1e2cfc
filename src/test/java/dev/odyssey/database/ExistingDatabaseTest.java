package dev.odyssey.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odyssey.testing.ContractDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.postgresql.ds.PGSimpleDataSource;

/** A team's own database: tables, functions and pgmq of both versions that are in use. */
class ExistingDatabaseTest {
  private static final UUID TENANT = UUID.randomUUID();

  private static ContractDatabase server;

  @BeforeAll
  static void start() {
    server = ContractDatabase.empty();
    server.execute("create role runner login");
    server.execute("create role migrator login");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({"1.4.4,old", "1.4.4,new", "1.5.1,old", "1.5.1,new"})
  void nothingOfTheirsIsReplacedAndMigratingTwiceChangesNothing(String pgmq, String functions)
      throws Exception {
    PGSimpleDataSource team = teamDatabase("kept", pgmq, functions);
    List<Map<String, Object>> before = catalog(team);

    new Migrations(team).migrate();
    List<Map<String, Object>> after = catalog(team);
    List<Map<String, Object>> ours = rows(team, everything("nspname = 'odyssey'"));

    assertThat(after).isEqualTo(before);
    assertThat(new Migrations(team).migrate().migrations()).isEmpty();
    assertThat(catalog(team)).isEqualTo(before);
    assertThat(rows(team, everything("nspname = 'odyssey'"))).isEqualTo(ours);
    assertThat(new Contract(team).missingPieces()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"1.4.4,old", "1.4.4,new", "1.5.1,old", "1.5.1,new"})
  void aLoginWithOurFunctionsAloneRunsAWholeJob(String pgmq, String functions) throws Exception {
    PGSimpleDataSource team = teamDatabase("run", pgmq, functions);
    new Migrations(team).migrate();
    execute(team, "select odyssey.grant_runner('runner')");
    UUID stream = stream(team);
    UUID run = (UUID) value(team, "select odyssey.enqueue_sync(?)", stream);

    PGSimpleDataSource runner = as("runner", team);
    UUID token = (UUID) value(runner, "select token from odyssey.claim_jobs(5, 60, 'r')");
    assertThat(value(runner, "select odyssey.begin_attempt(?, 60) ->> 'runId'", token))
        .isEqualTo(run.toString());
    assertThat(value(runner, "select held from odyssey.renew_leases(array[?]::uuid[], 60)", token))
        .isEqualTo(true);
    assertThat(value(runner, "select odyssey.retry_run(?, 0, 3, '{\"message\": \"away\"}')", token))
        .isEqualTo("retrying");
    token = (UUID) value(runner, "select token from odyssey.claim_jobs(5, 60, 'r')");
    value(runner, "select odyssey.begin_attempt(?, 60)", token);
    assertThat(
            value(
                runner,
                """
                select odyssey.complete_run(?, '{"processed": 3, "inserted": 3, "updated": 0,
                  "deleted": 0, "totalRows": 3, "fileSizeBytes": 9, "snapshotPath": "a/b.parquet"}')
                """,
                token))
        .isEqualTo(true);

    assertThat(rows(team, "select status::text, processed, path from stream_sync_runs").get(0))
        .containsEntry("status", "completed")
        .containsEntry("processed", 3L)
        .containsEntry("path", "a/b.parquet");
    assertThat(value(team, "select count(*) from pgmq.q_stream_sync_jobs")).isEqualTo(0L);
    assertThat(value(team, "select last_snapshot_path from data_sync_state"))
        .isEqualTo("a/b.parquet");
    for (String table :
        List.of("data_streams", "stream_sync_runs", "odyssey.leases", "pgmq.q_stream_sync_jobs")) {
      assertThatThrownBy(() -> value(runner, "select count(*) from " + table))
          .hasMessageContaining("permission denied");
    }
  }

  @ParameterizedTest
  @CsvSource({"1.4.4", "1.5.1"})
  void whatTheirClaimHoldsBackOrChokesOnBlocksNobody(String pgmq) throws Exception {
    PGSimpleDataSource team = teamDatabase("claim", pgmq, "new");
    new Migrations(team).migrate();
    UUID paused = stream(team);
    UUID good = stream(team);
    value(team, "select odyssey.enqueue_sync(?)", paused);
    Object run = value(team, "select odyssey.enqueue_sync(?)", good);
    execute(team, "update data_streams set status = 'paused' where id = '" + paused + "'");

    assertThat(rows(team, "select run_id from odyssey.claim_jobs(5, 60, 'r')"))
        .extracting(row -> row.get("run_id"))
        .containsExactly(run);

    UUID odd = stream(team);
    execute(
        team,
        """
        insert into stream_sync_runs (id, for_stream, tenant_id, status)
          values ('%1$s', '%1$s', '%2$s', 'pending');
        select pgmq.send('stream_sync_jobs', '{"stream_id": "%1$s", "tenant_id": "%2$s",
          "run_id": "%1$s", "queued_at": "the day before yesterday"}')
        """
            .formatted(odd, TENANT));
    assertThat(rows(team, "select run_id from odyssey.claim_jobs(5, 60, 'r')"))
        .extracting(row -> row.get("run_id"))
        .containsExactly(odd);
  }

  @Test
  void aRoleThatMayNotInstallIsToldWhatItNeeds() throws Exception {
    PGSimpleDataSource team = teamDatabase("denied", "1.5.1", "new");
    Migrations migrations = new Migrations(as("migrator", team));

    assertThatThrownBy(migrations::migrate)
        .hasMessageContaining("grant create on database")
        .hasMessageContaining("lacks a right: permission denied for database");

    execute(
        team,
        """
        grant create on database denied_151_new to migrator;
        grant usage, create on schema pgmq to migrator""");
    assertThatThrownBy(migrations::migrate)
        .hasMessageContaining("select pgmq.create('stream_sync_jobs')")
        .hasMessageContaining("lacks a right: must be owner of extension pgmq");
    assertThat(value(team, "select count(*) from pg_class where relname = 'leases'")).isEqualTo(0L);

    execute(
        team,
        """
        select pgmq.create('stream_sync_jobs_dlq');
        grant select on data_sync_state to migrator""");
    assertThat(migrations.migrate().migrations()).isNotEmpty();
  }

  @Test
  void anOlderVersionPutsItsFunctionsBackOverANewerOnes() throws Exception {
    PGSimpleDataSource team = teamDatabase("older", "1.4.4", "old");
    new Migrations(team).migrate();
    execute(
        team,
        """
        create or replace function odyssey.queue_depth() returns bigint
          language sql as 'select -1::bigint';
        update odyssey.migrations set checksum = checksum + 1 where description = 'queue depth';
        insert into odyssey.migrations (installed_rank, version, description, type, script,
            checksum, installed_by, execution_time, success)
          values
            (1000, null, 'of a newer version', 'SQL', 'R__of_a_newer.sql', 1, user, 1, true),
            (1001, '999', 'its table', 'SQL', 'V999__its_table.sql', 1, user, 1, true)""");

    assertThat(new Migrations(team).migrate().migrations()).containsExactly("queue depth");

    assertThat(value(team, "select odyssey.queue_depth()")).isEqualTo(0L);
  }

  @ParameterizedTest
  @CsvSource({"1.4.4,old", "1.5.1,new"})
  void whereOthersOwnTheTablesItSaysWhatTheyMustGrantAndThenJobsRun(String pgmq, String functions)
      throws Exception {
    PGSimpleDataSource team = teamDatabase("granted", pgmq, functions);
    execute(
        team,
        """
        select pgmq.create('stream_sync_jobs_dlq');
        alter table pgmq.q_stream_sync_jobs enable row level security;
        revoke execute on function acknowledge_sync_job from public;
        grant usage on schema pgmq to migrator;
        grant select on data_sync_state to migrator;
        grant create on database %s to migrator"""
            .formatted(team.getDatabaseName()));
    new Migrations(as("migrator", team)).migrate();
    Contract contract = new Contract(as("migrator", team));

    List<Contract.MissingPiece> missing = contract.missingPieces();
    assertThat(missing)
        .extracting(Contract.MissingPiece::piece)
        .contains(
            "SELECT, INSERT, UPDATE, DELETE on table pgmq.q_stream_sync_jobs for role migrator",
            "SELECT, UPDATE on table public.stream_sync_runs for role migrator",
            "a row of table pgmq.q_stream_sync_jobs that role migrator may see",
            "EXECUTE on public.acknowledge_sync_job(bigint) for role migrator");
    for (Contract.MissingPiece piece : missing) {
      execute(team, piece.remedy().replaceFirst("^.*: (grant|create)", "$1"));
    }
    assertThat(contract.missingPieces()).isEmpty();

    UUID stream = stream(team);
    execute(
        team,
        """
        insert into stream_sync_runs (id, for_stream, tenant_id, status)
          values ('%1$s', '%1$s', '%2$s', 'pending');
        select pgmq.send('stream_sync_jobs', '{"stream_id": "%1$s", "tenant_id": "%2$s",
          "run_id": "%1$s"}')
        """
            .formatted(stream, TENANT));
    PGSimpleDataSource migrator = as("migrator", team);
    Object token = value(migrator, "select token from odyssey.claim_jobs(5, 60, 'r')");
    assertThat(value(migrator, "select odyssey.begin_attempt(?, 60) ->> 'runId'", token))
        .isEqualTo(stream.toString());
    assertThat(value(migrator, "select odyssey.dead_letter_run(?, '{}')", token)).isEqualTo(true);
  }

  private static PGSimpleDataSource teamDatabase(String use, String pgmq, String functions)
      throws SQLException {
    String name = "%s_%s_%s".formatted(use, pgmq.replace(".", ""), functions);
    server.execute("create database " + name);
    PGSimpleDataSource database = (PGSimpleDataSource) server.server().dataSource();
    database.setDatabaseName(name);
    execute(database, text("team/pgmq-" + pgmq + ".sql"));
    execute(database, text("team/tables.sql"));
    execute(database, text("team/functions-" + functions + ".sql"));
    execute(database, "insert into tenants values ('" + TENANT + "')");
    return database;
  }

  private static String text(String resource) {
    try (var stream = ExistingDatabaseTest.class.getResourceAsStream("/" + resource)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(resource, e);
    }
  }

  private static PGSimpleDataSource as(String role, PGSimpleDataSource database) {
    PGSimpleDataSource other = (PGSimpleDataSource) server.server().dataSource();
    other.setDatabaseName(database.getDatabaseName());
    other.setUser(role);
    return other;
  }

  private static UUID stream(PGSimpleDataSource team) throws SQLException {
    return (UUID)
        value(
            team,
            "insert into data_streams (tenant_id, name) values (?, 'theirs') returning id",
            TENANT);
  }

  /** Every function, relation, column, constraint, index, trigger and grant that was theirs. */
  private static List<Map<String, Object>> catalog(PGSimpleDataSource database)
      throws SQLException {
    return rows(
        database,
        everything(
            "nspname in ('public', 'pgmq') and object not like '%stream\\_sync\\_jobs\\_dlq%'"));
  }

  private static String everything(String where) {
    return """
    select * from (
      select nspname, 'function ' || p.oid::regprocedure as object,
        md5(pg_get_functiondef(p.oid)) as definition, proacl::text as grants
      from pg_proc p join pg_namespace n on n.oid = pronamespace
      where prokind = 'f' and nspname in ('public', 'pgmq', 'odyssey')
      union all
      select nspname, 'relation ' || relname,
        (select string_agg(concat_ws(' ', attname, atttypid::regtype, attnotnull, attacl), ','
          order by attnum) from pg_attribute where attrelid = c.oid and attnum > 0)
          || relrowsecurity::text || relkind::text, relacl::text
      from pg_class c join pg_namespace n on n.oid = relnamespace
      union all
      select nspname, 'constraint ' || conrelid::regclass || conname, pg_get_constraintdef(c.oid), ''
      from pg_constraint c join pg_namespace n on n.oid = connamespace
      union all
      select nspname, 'trigger ' || tgrelid::regclass || tgname, pg_get_triggerdef(t.oid), ''
      from pg_trigger t join pg_class c on c.oid = tgrelid join pg_namespace n on n.oid = relnamespace
      where not tgisinternal
      union all
      select nspname, 'schema', '', nspacl::text from pg_namespace) as things
    where %s
    order by nspname, object
    """
        .formatted(where);
  }

  private static List<Map<String, Object>> rows(
      PGSimpleDataSource database, String sql, Object... values) throws SQLException {
    try (Connection connection = database.getConnection()) {
      return ContractDatabase.rows(connection, sql, values);
    }
  }

  private static Object value(PGSimpleDataSource database, String sql, Object... values)
      throws SQLException {
    return rows(database, sql, values).get(0).values().iterator().next();
  }

  private static void execute(PGSimpleDataSource database, String sql) throws SQLException {
    try (Connection connection = database.getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
