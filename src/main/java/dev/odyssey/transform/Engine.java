package dev.odyssey.transform;

import java.nio.file.Path;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * One DuckDB instance for one job, locked down: it reads and writes in the job's directory and
 * nowhere else, loads nothing, and its limits cannot be changed by any later statement. Not
 * thread-safe; close it whatever happens.
 */
final class Engine implements AutoCloseable {
  /**
   * The first swaps the sides of a join, but wide rows must stream, and ours are the right way
   * round. The second takes what two expressions share out of the TRY around each, and the first
   * row on which it fails is an error again.
   */
  private static final List<String> DISABLED_OPTIMIZERS =
      List.of("build_side_probe_side", "common_subexpressions");

  private final DuckDBConnection connection;
  private final EngineMemory memory;
  private final ProgressMeter progress;
  private final BadValues badValues = new BadValues();
  private final Set<String> macros = new HashSet<>();

  private Engine(DuckDBConnection connection, ProgressMeter progress) throws SQLException {
    this.connection = connection;
    this.memory = new EngineMemory(connection.duplicate());
    this.progress = progress;
  }

  /** As below, where nobody watches. */
  static Engine open(Path directory, TransformSettings settings) throws SQLException {
    return open(directory, settings, new ProgressMeter());
  }

  /**
   * @param progress is told of every query, and can stop it
   */
  static Engine open(Path directory, TransformSettings settings, ProgressMeter progress)
      throws SQLException {
    Engine engine = new Engine(connect(), progress);
    try {
      engine.badValues.register(engine.connection);
      progress.watches(engine.memory);
      for (String setting : lockdown(directory.toAbsolutePath(), settings)) {
        engine.run(setting);
      }
      return engine;
    } catch (SQLException | RuntimeException e) {
      engine.close();
      throw e;
    }
  }

  /** By its class: DriverManager does not see the driver where `camel run` has loaded our jar. */
  private static DuckDBConnection connect() throws SQLException {
    return (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
  }

  /** The order matters: without external access the directories can no longer be set. */
  private static List<String> lockdown(Path directory, TransformSettings settings) {
    return List.of(
        "SET memory_limit = " + Sql.literal(settings.memoryLimit()),
        "SET threads = " + settings.threads(),
        "SET temp_directory = " + Sql.literal(directory.resolve("spill").toString()),
        "SET max_temp_directory_size = "
            + Sql.literal(settings.tempLimit(directory.toFile().getUsableSpace())),
        "SET enable_progress_bar = true", // else a query tells no progress
        "SET enable_progress_bar_print = false",
        "SET TimeZone = 'UTC'",
        "SET preserve_insertion_order = true",
        "SET disabled_optimizers = " + Sql.literal(String.join(",", DISABLED_OPTIMIZERS)),
        "SET allowed_directories = " + Sql.list(List.of(directory.toString())),
        "SET autoinstall_known_extensions = false",
        "SET autoload_known_extensions = false",
        "SET enable_external_access = false",
        "SET lock_configuration = true");
  }

  BadValues badValues() {
    return badValues;
  }

  /** As {@link ProgressMeter#found}. */
  void found(String fact) {
    progress.found(fact);
  }

  /** The macros that this SQL calls, once each. */
  private void define(String sql) throws SQLException {
    for (String macro : Macros.calledBy(sql)) {
      if (macros.add(macro)) {
        run(macro);
      }
    }
  }

  void run(String sql) throws SQLException {
    define(sql);
    progress.runs(sql);
    try (Statement statement = progress.begins(connection.createStatement())) {
      statement.execute(sql);
    }
  }

  /** Defines a view, or defines it anew. */
  void view(String name, String select) throws SQLException {
    run("CREATE OR REPLACE TEMP VIEW " + name + " AS\n" + select);
  }

  /** Runs a COPY or INSERT and says how many rows it wrote. */
  long write(String sql) throws SQLException {
    progress.runs(sql);
    try (Statement statement = progress.begins(connection.createStatement())) {
      return statement.executeLargeUpdate(sql);
    }
  }

  /** The first column of every row. */
  List<String> texts(String sql, Object... parameters) throws SQLException {
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
  Map<String, Long> counts(String sql) throws SQLException {
    define(sql);
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

  long count(String table) throws SQLException {
    return counts("SELECT count(*) AS rows FROM " + table).get("rows");
  }

  /** What to do with each row of a result. */
  interface RowReader {
    void read(ResultSet row) throws SQLException;
  }

  void rows(String sql, RowReader reader) throws SQLException {
    define(sql);
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        reader.read(rows);
      }
    }
  }

  /** Names and types of a query's columns, in their order. */
  Map<String, String> describe(String select) throws SQLException {
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
    memory.close();
    connection.close();
  }
}
