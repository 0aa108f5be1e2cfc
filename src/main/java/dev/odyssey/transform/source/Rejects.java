package dev.odyssey.transform.source;

import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.Sql;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The rows that could not be taken, in a table of the engine that every part of the transform
 * inserts into: {@code INSERT INTO rejected BY NAME SELECT raw, reason ...}. Not thread-safe.
 *
 * <p>Columns: {@code line} and {@code byte_offset} in the source file, NULL where unknown; {@code
 * raw}, the source's text or the row's values as JSON; {@code reason}, a sentence that is the same
 * for all rows of one kind; {@code column}, the column at fault or NULL; {@code file}, which of
 * several has the row, else NULL.
 */
public final class Rejects {
  static final String TABLE = "rejected";

  private final Engine engine;

  private Rejects(Engine engine) {
    this.engine = engine;
  }

  /** Starts with no rows. */
  public static Rejects none(Engine engine) throws SQLException {
    engine.run(
        """
        -- Rows that cannot be taken.
        CREATE OR REPLACE TEMP TABLE %s (
          line BIGINT, byte_offset BIGINT, raw VARCHAR, reason VARCHAR, "column" VARCHAR, file VARCHAR)"""
            .formatted(TABLE));
    return new Rejects(engine);
  }

  public long count() throws SQLException {
    return engine.count("How many.", TABLE);
  }

  /** How many rows each reason rejected, the most frequent first. */
  public Map<String, Long> reasons() throws SQLException {
    String sql = "SELECT reason, count(*) FROM %s GROUP BY reason ORDER BY 2 DESC, 1";
    Map<String, Long> reasons = new LinkedHashMap<>();
    engine.rows(sql.formatted(TABLE), row -> reasons.put(row.getString(1), row.getLong(2)));
    return reasons;
  }

  /**
   * Writes the rows in the order of the file.
   *
   * @param rows of {@link #count}
   * @return null where there are none, and no file is written
   */
  public Path write(Path file, long rows) throws SQLException {
    if (rows == 0) {
      return null;
    }
    engine.write(
        "COPY (SELECT * FROM %s ORDER BY file, line, byte_offset) TO %s (FORMAT parquet, COMPRESSION zstd)"
            .formatted(TABLE, Sql.literal(file.toString())));
    return file;
  }
}
