package dev.odyssey.transform.engine;

import dev.odyssey.transform.TransformSettings;
import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBDriver;

/**
 * A DuckDB instance, locked down: it reads and writes in one directory and nowhere else, loads
 * nothing, and its limits cannot be changed by any later statement. It lives as long as one of its
 * connections.
 */
final class EngineInstance implements AutoCloseable {
  /**
   * The first swaps the sides of a join, but wide rows must stream, and ours are the right way
   * round. The second takes what two expressions share out of the TRY around each, and the first
   * row on which it fails is an error again.
   */
  private static final List<String> DISABLED_OPTIMIZERS =
      List.of("build_side_probe_side", "common_subexpressions");

  private final DuckDBConnection connection;
  private final boolean maySpill;
  private final Set<String> macros = new HashSet<>();
  private volatile BadValues badValues; // of the job under way
  private volatile RowSets rowSets; // likewise

  private EngineInstance(DuckDBConnection connection, boolean maySpill) {
    this.connection = connection;
    this.maySpill = maySpill;
  }

  /** One that may spill into the directory, and tells how far a query is. */
  static EngineInstance of(Path directory, TransformSettings settings) throws SQLException {
    return open(
        directory,
        settings,
        true,
        List.of(
            "SET temp_directory = " + Sql.literal(directory.resolve("spill").toString()),
            "SET max_temp_directory_size = "
                + Sql.literal(settings.tempLimit(directory.toFile().getUsableSpace())),
            "SET enable_progress_bar = true", // else a query tells no progress
            "SET enable_progress_bar_print = false"));
  }

  /** One that does not spill and remembers nothing of the files that it has read. */
  static EngineInstance ofSeveralJobs(Path directory, TransformSettings settings)
      throws SQLException {
    return open(
        directory,
        settings,
        false,
        List.of("SET temp_directory = ''", "SET enable_external_file_cache = false"));
  }

  private static EngineInstance open(
      Path directory, TransformSettings settings, boolean maySpill, List<String> further)
      throws SQLException {
    var instance = new EngineInstance(connect(), maySpill);
    try (Statement statement = instance.connection.createStatement()) {
      BadValues.register(instance.connection, () -> instance.badValues);
      RowSets.register(instance.connection, () -> instance.rowSets);
      for (String setting : lockdown(directory.toAbsolutePath(), settings, further)) {
        statement.execute(setting);
      }
      return instance;
    } catch (SQLException | RuntimeException e) {
      instance.close();
      throw e;
    }
  }

  /** By its class: DriverManager does not see the driver where `camel run` has loaded our jar. */
  private static DuckDBConnection connect() throws SQLException {
    return (DuckDBConnection) new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
  }

  /** The order matters: without external access the directories can no longer be set. */
  private static List<String> lockdown(
      Path directory, TransformSettings settings, List<String> further) {
    List<String> lockdown = new ArrayList<>(further);
    lockdown.add("SET memory_limit = " + Sql.literal(settings.memoryLimit()));
    lockdown.add("SET threads = " + settings.threads());
    lockdown.add("SET GLOBAL TimeZone = 'UTC'"); // also on connections to come
    lockdown.add("SET preserve_insertion_order = true");
    lockdown.add("SET disabled_optimizers = " + Sql.literal(String.join(",", DISABLED_OPTIMIZERS)));
    lockdown.add("SET allowed_directories = " + Sql.list(List.of(directory.toString())));
    lockdown.add("SET autoinstall_known_extensions = false");
    lockdown.add("SET autoload_known_extensions = false");
    lockdown.add("SET enable_external_access = false");
    lockdown.add("SET lock_configuration = true");
    return lockdown;
  }

  /** Its first connection. */
  DuckDBConnection connection() {
    return connection;
  }

  /** Whether what does not fit into its memory goes to the disk. */
  boolean maySpill() {
    return maySpill;
  }

  /** Whether nobody has asked for this macro before; then the caller defines it. */
  boolean isNew(String macro) {
    return macros.add(macro);
  }

  /** Where the values go that do not fit, and where rows are looked up, from now on. */
  void serves(BadValues values, RowSets rows) {
    badValues = values;
    rowSets = rows;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
