package dev.odyssey.transform;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBScalarFunction;
import org.duckdb.DuckDBScalarFunctionBuilder;
import org.duckdb.DuckDBWritableVector;

/**
 * Collects the values that did not fit, while the one query that writes the rows runs: the engine
 * calls {@code bad_value(column, text)} for them alone, so good values cost nothing and no second
 * pass is needed. Thread-safe.
 */
final class BadValues implements DuckDBScalarFunction {
  static final String FUNCTION = "bad_value";
  private static final int MAX_SAMPLES = 10;
  private static final int MAX_SAMPLE_LENGTH = 200;

  private final Map<Integer, Tally> tallies = new TreeMap<>();
  private boolean frozen;

  /** Must come before the engine's configuration is locked. */
  void register(Connection connection) throws SQLException {
    try (DuckDBScalarFunctionBuilder function = DuckDBFunctions.scalarFunction()) {
      function
          .withName(FUNCTION)
          .withParameters(Integer.class, String.class)
          .withReturnType(String.class)
          .withVolatile()
          .withVectorizedFunction(this)
          .register(connection);
    }
  }

  @Override
  public synchronized void apply(DuckDBDataChunkReader values, DuckDBWritableVector nulls) {
    for (long row = 0; row < values.rowCount(); row++) {
      nulls.setNull(row);
      if (frozen) {
        continue;
      }
      Tally tally = tallies.computeIfAbsent(values.vector(0).getInt(row), column -> new Tally());
      tally.count++;
      if (tally.samples.size() < MAX_SAMPLES) {
        tally.samples.add(cut(values.vector(1).getString(row)));
      }
    }
  }

  /** Forgets what a pass that has to be repeated told. */
  synchronized void clear() {
    tallies.clear();
  }

  /** What later queries over the same rows tell is counted already. */
  synchronized void freeze() {
    frozen = true;
  }

  synchronized long count(int column) {
    Tally tally = tallies.get(column);
    return tally == null ? 0 : tally.count;
  }

  synchronized List<String> samples(int column) {
    Tally tally = tallies.get(column);
    return tally == null ? List.of() : List.copyOf(tally.samples);
  }

  private static String cut(String text) {
    return text.length() > MAX_SAMPLE_LENGTH ? text.substring(0, MAX_SAMPLE_LENGTH) + "…" : text;
  }

  private static final class Tally {
    private long count;
    private final List<String> samples = new ArrayList<>();
  }
}
