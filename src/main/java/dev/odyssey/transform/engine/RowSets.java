package dev.odyssey.transform.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBReadableVector;
import org.duckdb.DuckDBScalarFunctionBuilder;
import org.duckdb.DuckDBWritableVector;

/**
 * Sets of row numbers that a query may ask for: {@code has_row(set, row)}. A filter leaves rows in
 * their order, where the engine's joins do not. Thread-safe.
 */
public final class RowSets {
  public static final String FUNCTION = "has_row";

  /** Row numbers in one entry of a set. */
  public static final int CHUNK = 1024;

  private static final byte[] NONE = new byte[CHUNK / Byte.SIZE];

  private final Map<String, Map<Long, byte[]>> sets = new ConcurrentHashMap<>();

  /**
   * Must come before the engine's configuration is locked.
   *
   * @param ofTheJob those of the job whose query calls the function
   */
  static void register(Connection connection, Supplier<RowSets> ofTheJob) throws SQLException {
    try (DuckDBScalarFunctionBuilder function = DuckDBFunctions.scalarFunction()) {
      function
          .withName(FUNCTION)
          .withParameters(String.class, Long.class)
          .withReturnType(Boolean.class)
          .withVectorizedFunction((asked, answers) -> ofTheJob.get().apply(asked, answers))
          .register(connection);
    }
  }

  /**
   * @param chunks by row number over {@link #CHUNK}, a bit for each of so many rows, the first
   *     byte's highest for the first; unchanged from then on
   */
  public void put(String set, Map<Long, byte[]> chunks) {
    sets.put(set, chunks);
  }

  /** Row numbers mostly follow one another. */
  private void apply(DuckDBDataChunkReader asked, DuckDBWritableVector answers) {
    if (asked.rowCount() == 0) {
      return;
    }
    Map<Long, byte[]> chunks = sets.get(asked.vector(0).getString(0));
    DuckDBReadableVector rows = asked.vector(1);
    long chunk = -1;
    byte[] members = NONE;
    for (long i = 0; i < asked.rowCount(); i++) {
      long row = rows.getLong(i);
      if (row / CHUNK != chunk) {
        chunk = row / CHUNK;
        members = chunks.getOrDefault(chunk, NONE);
      }
      int bit = (int) (row % CHUNK);
      int bits = members[bit / Byte.SIZE] << bit % Byte.SIZE;
      answers.setBoolean(i, (bits & 0x80) != 0);
    }
  }
}
