package dev.odyssey.transform;

import java.sql.SQLException;
import java.util.List;

/**
 * Which values of some columns several rows of a relation have. Asks of their hashes first, which
 * take little memory whatever the values are, and in slices where the rows are many; only what has
 * a hash in common is compared. Not thread-safe.
 */
final class SharedValues {
  private static final List<String> HASH = List.of("UBIGINT");

  /** These are sorted: the hash table of DISTINCT takes 2 MB for its first row. */
  private static final long FEW = 10_000;

  private final Engine engine;
  private final String columns;
  private final String hashes;
  private final String whole;

  /**
   * @param relation a view or table
   * @param columns as identifiers in SQL; rows with a NULL in one share nothing
   */
  SharedValues(Engine engine, String relation, List<String> columns) {
    this.engine = engine;
    this.columns = String.join(", ", columns);
    this.whole =
        "(FROM %s WHERE %s IS NOT NULL)"
            .formatted(relation, String.join(" IS NOT NULL AND ", columns));
    this.hashes = "(SELECT hash(%s) AS hash FROM %s)".formatted(this.columns, whole);
  }

  /** False where certainly no two rows share a value. */
  boolean mayBe() throws SQLException {
    long rows = engine.count(whole);
    if (rows < FEW) {
      return engine.count(
              "(SELECT hash FROM %s QUALIFY hash = lag(hash) OVER (ORDER BY hash))"
                  .formatted(hashes))
          > 0;
    }
    Slices slices = Slices.of(engine, rows, HASH);
    long different = 0;
    for (int i = 0; i < slices.count(); i++) {
      different += engine.count("(SELECT DISTINCT hash FROM " + slice(slices, i) + ")");
    }
    return different < rows;
  }

  /** Makes the table of the values, each once, with these columns. */
  void into(String table) throws SQLException {
    Slices slices = Slices.of(engine, engine.count(whole), HASH);
    engine.run("-- Hashes that several rows have.\nCREATE TEMP TABLE shared_hashes (hash UBIGINT)");
    for (int i = 0; i < slices.count(); i++) {
      engine.run(
          "INSERT INTO shared_hashes\nSELECT hash FROM %s GROUP BY ALL HAVING count(*) > 1"
              .formatted(slice(slices, i)));
    }
    engine.run(
        """
        -- Values that several rows have.
        CREATE TEMP TABLE %1$s AS
        SELECT %2$s
        FROM %3$s SEMI JOIN shared_hashes ON hash = hash(%2$s)
        GROUP BY ALL HAVING count(*) > 1"""
            .formatted(table, columns, whole));
    engine.run("DROP TABLE shared_hashes");
  }

  private String slice(Slices slices, int number) {
    return slices.of(number, hashes, List.of("hash"));
  }
}
