package dev.odyssey.transform.engine;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBScalarFunctionBuilder;
import org.duckdb.DuckDBWritableVector;

/**
 * Sets of row numbers that a query may ask for: {@code has_row(set, row)}. A filter leaves rows in
 * their order, where the engine's joins do not. Thread-safe.
 */
public final class RowSets {
  public static final String FUNCTION = "has_row";

  private final Map<String, RowSet> sets = new ConcurrentHashMap<>();

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

  /** Unchanged from then on. */
  public void put(String set, RowSet rows) {
    sets.put(set, rows);
  }

  private void apply(DuckDBDataChunkReader asked, DuckDBWritableVector answers) {
    if (asked.rowCount() == 0) {
      return;
    }
    RowSet rows = sets.get(asked.vector(0).getString(0));
    for (long i = 0; i < asked.rowCount(); i++) {
      answers.setBoolean(i, rows.has(asked.vector(1).getLong(i)));
    }
  }
}
