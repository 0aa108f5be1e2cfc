package dev.odyssey.transform.diff;

import dev.odyssey.transform.engine.Engine;
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
  private Long rows; // of the whole; null until they are counted

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

  /**
   * @param rows how many have no NULL in a column
   */
  SharedValues(Engine engine, String relation, List<String> columns, long rows) {
    this(engine, relation, columns);
    this.rows = rows;
  }

  /** False where certainly no two rows share a value. */
  boolean mayBe() throws SQLException {
    long all = rows();
    if (all < FEW) {
      return engine.count(
              "Rows with the hash of another.",
              "(SELECT hash FROM %s QUALIFY hash = lag(hash) OVER (ORDER BY hash))"
                  .formatted(hashes))
          > 0;
    }
    Slices slices = Slices.of(engine, all, HASH);
    long different = 0;
    for (int i = 0; i < slices.count(); i++) {
      different +=
          engine.count("Different hashes.", "(SELECT DISTINCT hash FROM " + slice(slices, i) + ")");
    }
    return different < all;
  }

  /** Makes the table of the values, each once, with these columns. */
  void into(String table) throws SQLException {
    Slices slices = Slices.of(engine, rows(), HASH);
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

  private long rows() throws SQLException {
    if (rows == null) {
      rows = engine.count("Rows that have the values.", whole);
    }
    return rows;
  }

  private String slice(Slices slices, int number) {
    return slices.of(number, hashes, List.of("hash"));
  }
}
