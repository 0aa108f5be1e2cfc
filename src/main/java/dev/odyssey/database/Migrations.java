package dev.odyssey.database;

import java.util.List;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
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
   * @throws org.flywaydb.core.api.FlywayException when a statement fails; names the file and line
   */
  public Applied migrate() {
    var result =
        Flyway.configure(Migrations.class.getClassLoader())
            .dataSource(dataSource)
            .locations("classpath:db/migration")
            .schemas(SCHEMA)
            .defaultSchema(SCHEMA)
            .table("migrations")
            .group(true)
            // The SQL is as written: ${...} in it means nothing.
            .placeholderReplacement(false)
            .validateMigrationNaming(true)
            .cleanDisabled(true)
            .load()
            .migrate();
    return new Applied(result.migrations.stream().map(Applied::name).toList());
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
