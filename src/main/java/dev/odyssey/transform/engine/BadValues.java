package dev.odyssey.transform.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBLogicalType;
import org.duckdb.DuckDBScalarFunctionBuilder;
import org.duckdb.DuckDBWritableVector;

/**
 * Collects the values that did not fit, while the one query that writes the rows runs: the engine
 * calls {@code bad_value(column, text)} for them alone, so good values cost nothing and no second
 * pass is needed. A third argument, JSON, tells where the row is: {@code {file, line, inputs}},
 * each as in {@link Found}. Thread-safe.
 */
public final class BadValues {
  public static final String FUNCTION = "bad_value";
  private static final int MAX_SAMPLES = 10;
  private static final int MAX_SAMPLE_LENGTH = 200;
  private static final int MAX_INPUTS = 4 << 20; // characters, of all samples
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNode NOWHERE = JSON.createObjectNode();

  private final Map<Integer, Tally> tallies = new TreeMap<>();
  private long room = MAX_INPUTS;
  private boolean frozen;

  /**
   * @param text what did not fit; its beginning where it is long
   * @param file that has the row; null where there is no other
   * @param line of the row, from 1; null where the source does not tell it
   * @param inputs what the file's columns held that made the value, one for each, NULL as null;
   *     null where that would take too much memory
   */
  public record Found(String text, String file, Long line, List<String> inputs) {}

  /**
   * Must come before the engine's configuration is locked.
   *
   * @param ofTheJob those of the job whose query calls the function
   */
  static void register(Connection connection, Supplier<BadValues> ofTheJob) throws SQLException {
    try (DuckDBScalarFunctionBuilder function = DuckDBFunctions.scalarFunction();
        DuckDBLogicalType further = DuckDBLogicalType.of(DuckDBColumnType.VARCHAR)) {
      function
          .withName(FUNCTION)
          .withParameters(Integer.class, String.class)
          .withVarArgs(further)
          .withReturnType(String.class)
          .withVolatile()
          .withVectorizedFunction((values, nulls) -> ofTheJob.get().apply(values, nulls))
          .register(connection);
    }
  }

  private synchronized void apply(DuckDBDataChunkReader values, DuckDBWritableVector nulls) {
    for (long row = 0; row < values.rowCount(); row++) {
      nulls.setNull(row);
      if (frozen) {
        continue;
      }
      Tally tally = tallies.computeIfAbsent(values.vector(0).getInt(row), column -> new Tally());
      tally.count++;
      if (tally.samples.size() < MAX_SAMPLES) {
        tally.samples.add(found(values, row));
      }
    }
  }

  private Found found(DuckDBDataChunkReader values, long row) {
    String text = values.vector(1).getString(row);
    JsonNode from = values.columnCount() > 2 ? json(values.vector(2).getString(row)) : NOWHERE;
    String file = from.path("file").textValue();
    if (from.path("line").isNumber()) {
      return new Found(cut(text), file, from.path("line").longValue(), null);
    }
    List<String> inputs = new ArrayList<>();
    from.path("inputs").forEach(input -> inputs.add(input.textValue()));
    if (!from.has("inputs")) {
      inputs.add(text);
    }
    room -= inputs.stream().filter(Objects::nonNull).mapToInt(String::length).sum();
    return new Found(cut(text), file, null, room < 0 ? null : inputs);
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Forgets what a pass that has to be repeated told. */
  public synchronized void clear() {
    tallies.clear();
    room = MAX_INPUTS;
  }

  /** What later queries over the same rows tell is counted already. */
  public synchronized void freeze() {
    frozen = true;
  }

  public synchronized long count(int column) {
    Tally tally = tallies.get(column);
    return tally == null ? 0 : tally.count;
  }

  public synchronized List<Found> samples(int column) {
    Tally tally = tallies.get(column);
    return tally == null ? List.of() : List.copyOf(tally.samples);
  }

  private static String cut(String text) {
    return text.length() > MAX_SAMPLE_LENGTH ? text.substring(0, MAX_SAMPLE_LENGTH) + "…" : text;
  }

  private static final class Tally {
    private long count;
    private final List<Found> samples = new ArrayList<>();
  }
}
