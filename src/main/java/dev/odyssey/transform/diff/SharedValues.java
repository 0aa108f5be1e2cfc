package dev.odyssey.transform.diff;

import dev.odyssey.transform.engine.Engine;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which values of some columns several rows of a relation have. Asks of their hashes first, which
 * take little memory whatever the values are, and in slices where the rows are many; only what has
 * a hash in common is compared. Not thread-safe.
 */
final class SharedValues {
  private static final String HASH_TYPE = "UBIGINT";

  /** A column of the relation may be called {@code hash}. */
  private static final String HASH = "\"$_hash\"";

  /** These are sorted: the hash table of DISTINCT takes 2 MB for its first row. */
  private static final long FEW = 10_000;

  private final Engine engine;
  private final List<String> columns;
  private final String hashes;
  private final String whole;
  private Long rows; // of the whole; null until they are counted

  /**
   * @param relation a view or table
   * @param columns as identifiers in SQL; rows with a NULL in one share nothing
   */
  SharedValues(Engine engine, String relation, List<String> columns) {
    this.engine = engine;
    this.columns = columns;
    this.whole =
        "(FROM %s WHERE %s IS NOT NULL)"
            .formatted(relation, String.join(" IS NOT NULL AND ", columns));
    this.hashes = "(SELECT hash(%s) AS %s FROM %s)".formatted(names(""), HASH, whole);
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
              "(SELECT %1$s FROM %2$s QUALIFY %1$s = lag(%1$s) OVER (ORDER BY %1$s))"
                  .formatted(HASH, hashes))
          > 0;
    }
    Slices slices = Slices.of(engine, all, HASH_TYPE);
    long different = 0;
    for (int i = 0; i < slices.count(); i++) {
      different +=
          engine.count(
              "Different hashes.",
              "(SELECT DISTINCT %s FROM %s)".formatted(HASH, slice(slices, i)));
    }
    return different < all;
  }

  /** Makes the table of the values, each once, with these columns. */
  void into(String table) throws SQLException {
    Slices slices = Slices.of(engine, rows(), HASH_TYPE);
    engine.run(
        "-- Hashes that several rows have.\nCREATE TEMP TABLE shared_hashes (%s UBIGINT)"
            .formatted(HASH));
    for (int i = 0; i < slices.count(); i++) {
      engine.run(
          "INSERT INTO shared_hashes\nSELECT %s FROM %s GROUP BY ALL HAVING count(*) > 1"
              .formatted(HASH, slice(slices, i)));
    }
    engine.run(
        """
        -- Values that several rows have.
        CREATE TEMP TABLE %1$s AS
        SELECT %2$s
        FROM %3$s AS v SEMI JOIN shared_hashes AS s ON s.%4$s = hash(%2$s)
        GROUP BY ALL HAVING count(*) > 1"""
            .formatted(table, names("v."), whole, HASH));
    engine.run("DROP TABLE shared_hashes");
  }

  private String names(String prefix) {
    return columns.stream().map(prefix::concat).collect(Collectors.joining(", "));
  }

  private long rows() throws SQLException {
    if (rows == null) {
      rows = engine.count("Rows that have the values.", whole);
    }
    return rows;
  }

  private String slice(Slices slices, int number) {
    return slices.of(number, hashes, HASH);
  }
}
