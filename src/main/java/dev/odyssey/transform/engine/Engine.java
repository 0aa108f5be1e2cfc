package dev.odyssey.transform.engine;

import dev.odyssey.transform.TransformSettings;
import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.duckdb.DuckDBConnection;

/**
 * One job's connection to an {@link EngineInstance}. What it makes is temporary and ends with it,
 * but for the macros, which are the same for every job. Not thread-safe; close it whatever happens.
 */
public final class Engine implements AutoCloseable {
  private final EngineInstance instance;
  private final DuckDBConnection connection;
  private final EngineMemory memory;
  private final ProgressMeter progress;
  private final BadValues badValues = new BadValues();
  private final RowSets rowSets = new RowSets();
  private final End end;
  private boolean isWell;

  /** What becomes of the instance after the job. */
  interface End {
    /**
     * @param isWell whether the job has done with it all that it wanted
     */
    void ended(boolean isWell) throws SQLException;
  }

  /**
   * @param connection of the instance; closed with this
   */
  Engine(EngineInstance instance, DuckDBConnection connection, ProgressMeter progress, End end)
      throws SQLException {
    this.instance = instance;
    this.connection = connection;
    this.memory = new EngineMemory(connection.duplicate());
    this.progress = progress;
    this.end = end;
    instance.serves(badValues, rowSets);
    progress.watches(memory);
  }

  /** As below, where nobody watches. */
  public static Engine open(Path directory, TransformSettings settings) throws SQLException {
    return open(directory, settings, new ProgressMeter());
  }

  /**
   * On an instance of its own, which may spill into the directory.
   *
   * @param progress is told of every query, and can stop it
   */
  public static Engine open(Path directory, TransformSettings settings, ProgressMeter progress)
      throws SQLException {
    EngineInstance instance = EngineInstance.of(directory, settings);
    return new Engine(instance, instance.connection(), progress, isWell -> {});
  }

  /** The job needs it no more, and nothing has failed. */
  public void endsWell() {
    isWell = true;
  }

  /** As {@link EngineInstance#maySpill}. */
  public boolean maySpill() {
    return instance.maySpill();
  }

  public BadValues badValues() {
    return badValues;
  }

  public RowSets rowSets() {
    return rowSets;
  }

  /** As {@link ProgressMeter#found}. */
  public void found(String fact) {
    progress.found(fact);
  }

  /** The macros that this SQL calls, once each, together: each statement takes a while. */
  private void define(String sql) throws SQLException {
    String macros =
        Macros.calledBy(sql).stream().filter(instance::isNew).collect(Collectors.joining(";\n\n"));
    if (!macros.isEmpty()) {
      run(macros);
    }
  }

  public void run(String sql) throws SQLException {
    define(sql);
    progress.runs(sql);
    try (Statement statement = progress.begins(connection.createStatement())) {
      statement.execute(sql);
    }
  }

  /**
   * Defines a view, or defines it anew.
   *
   * @param what it holds, a line for readers of the SQL
   */
  public void view(String name, String what, String select) throws SQLException {
    run("-- %s\nCREATE OR REPLACE TEMP VIEW %s AS\n%s".formatted(what, name, select));
  }

  /** Runs a COPY or INSERT and says how many rows it wrote. */
  public long write(String sql) throws SQLException {
    define(sql);
    progress.runs(sql);
    try (Statement statement = progress.begins(connection.createStatement())) {
      return statement.executeLargeUpdate(sql);
    }
  }

  /** The first column of every row. */
  public List<String> texts(String sql, Object... parameters) throws SQLException {
    List<String> texts = new ArrayList<>();
    try (PreparedStatement statement = progress.begins(connection.prepareStatement(sql))) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          texts.add(rows.getString(1));
        }
      }
    }
    return texts;
  }

  /** The only row, by column name. */
  public Map<String, Long> counts(String sql) throws SQLException {
    define(sql);
    progress.runs(sql);
    Map<String, Long> counts = new LinkedHashMap<>();
    try (Statement statement = progress.begins(connection.createStatement());
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
        counts.put(row.getMetaData().getColumnName(i), row.getLong(i));
      }
    }
    return counts;
  }

  /**
   * @param what is counted, a line for readers of the SQL
   */
  public long count(String what, String relation) throws SQLException {
    return counts("-- %s\nSELECT count(*) AS rows\nFROM %s".formatted(what, relation)).get("rows");
  }

  /** What to do with each row of a result. */
  public interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  public void rows(String sql, RowReader reader) throws SQLException {
    define(sql);
    progress.runs(sql);
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }

  /** Names and types of a query's columns, in their order. */
  public Map<String, String> describe(String select) throws SQLException {
    Map<String, String> types = new LinkedHashMap<>();
    try (Statement statement = progress.begins(connection.createStatement());
        ResultSet rows = statement.executeQuery("DESCRIBE " + select)) {
      while (rows.next()) {
        types.put(rows.getString("column_name"), rows.getString("column_type"));
      }
    }
    return types;
  }

  @Override
  public void close() throws SQLException {
    boolean isClosed = false;
    try {
      memory.close();
      connection.close();
      isClosed = true;
    } finally {
      end.ended(isWell && isClosed);
    }
  }
}
