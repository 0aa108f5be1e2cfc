package dev.odyssey.transform.diff;

import dev.odyssey.transform.engine.Engine;
import java.sql.SQLException;

/**
 * How many parts a join is done in, one after the other: the engine spills a join to disk, but what
 * it keeps in memory all the same grows with the join. Rows that may match have the same hash and
 * so are in one slice. Immutable.
 *
 * @param mayFit whether the join's hash table may fit into the engine's memory, so that what the
 *     join gives can be sorted while it runs
 */
record Slices(int count, boolean mayFit) {
  /** Of a row in the engine's hash table: three numbers, their hash, a place in the table. */
  private static final long ROW_BYTES = 48;

  private static final long NUMBER_BYTES = 8;
  private static final long TEXT_BYTES = 48;

  /** Bytes that no limit is too small for. */
  private static final long LITTLE = 16 << 20;

  /** Measured with two threads: a table of 4 memory limits passes, one of 6 does not. */
  private static final long MOST_MEMORIES = 3;

  /**
   * @param rows of the larger side
   * @param type of the column that matching rows share
   */
  static Slices of(Engine engine, long rows, String type) throws SQLException {
    long row = ROW_BYTES + (type.equals("VARCHAR") ? TEXT_BYTES : NUMBER_BYTES);
    if (rows * row < LITTLE) {
      return new Slices(1, true);
    }
    long memory =
        engine
            .counts("SELECT parse_formatted_bytes(current_setting('memory_limit')) AS memory")
            .get("memory");
    long table = rows * row;
    return new Slices((int) (table / (memory * MOST_MEMORIES)) + 1, table < memory + memory / 4);
  }

  /**
   * SQL of the rows of one slice, to select from.
   *
   * @param columns that matching rows share, as identifiers in SQL
   */
  String of(int number, String relation, String columns) {
    return count == 1
        ? relation
        : "(FROM %s WHERE hash(%s) %% %d = %d)".formatted(relation, columns, count, number);
  }
}
