package dev.odyssey.database;

import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.output.MigrateOutput;

/**
 * Installs what the runner needs in a database, in its own schema {@code odyssey}.
 *
 * <p>Replaces and alters nothing that exists outside that schema: queue, tables and the three
 * functions of the contract are made only where they are missing. One transaction: a migration that
 * fails leaves the database as it was. Repeatable.
 */
public final class Migrations {
  private static final String SCHEMA = "odyssey";
  private static final String INSUFFICIENT_PRIVILEGE = "42501";
  private static final String RIGHTS =
      """
      The role of DATABASE_URL lacks a right: %s. To migrate it must
        be the role that migrated before, if any, and may create a schema
          (grant create on database ... to ...);
        have usage on schema pgmq (grant usage on schema pgmq to ...);
        own the extension pgmq, unless its owner ran before:
          select pgmq.create('stream_sync_jobs'), pgmq.create('stream_sync_jobs_dlq');
        read public.data_sync_state
          (grant select on public.data_sync_state to ...);
        create on schema public, unless the contract's tables and functions are all there""";

  private final DataSource dataSource;

  /**
   * @param dataSource of a role that may create schemas; hands out two connections at a time
   */
  public Migrations(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Applies what is missing.
   *
   * @throws FlywayException when a statement fails; names the file and line, or, where the role
   *     lacks a right, what it must be allowed
   */
  public Applied migrate() {
    try {
      return new Applied(flyway().migrate().migrations.stream().map(Applied::name).toList());
    } catch (FlywayException e) {
      SQLException refused = lackOfRight(e);
      throw refused == null
          ? e
          : new FlywayException(
              RIGHTS.formatted(
                  refused.getMessage().lines().findFirst().orElse("").replace("ERROR: ", "")),
              e);
    }
  }

  private Flyway flyway() {
    return Flyway.configure(Migrations.class.getClassLoader())
        .dataSource(dataSource)
        .locations("classpath:db/migration")
        .schemas(SCHEMA)
        .defaultSchema(SCHEMA)
        .table("migrations")
        .group(true)
        // The SQL is as written: ${...} in it means nothing.
        .placeholderReplacement(false)
        .validateMigrationNaming(true)
        // An older version puts its functions back over a newer one's.
        .ignoreMigrationPatterns("*:future", "repeatable:missing")
        .cleanDisabled(true)
        .load();
  }

  /** The server's own words; null where it was something else. */
  private static SQLException lackOfRight(Throwable thrown) {
    if (thrown instanceof SQLException e) {
      return INSUFFICIENT_PRIVILEGE.equals(e.getSQLState()) ? e : null;
    }
    return thrown.getCause() == null ? null : lackOfRight(thrown.getCause());
  }

  /**
   * What one {@link #migrate()} changed.
   *
   * @param migrations their names in the order of application; empty where all was there
   */
  public record Applied(List<String> migrations) {
    private static String name(MigrateOutput migration) {
      return migration.version.isEmpty()
          ? migration.description
          : migration.version + " " + migration.description;
    }
  }
}
