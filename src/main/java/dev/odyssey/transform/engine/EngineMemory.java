package dev.odyssey.transform.engine;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.duckdb.DuckDBConnection;

/**
 * What an engine takes. Asked on a connection of its own, and so while a query runs on the other.
 * Thread-safe.
 */
final class EngineMemory implements AutoCloseable {
  private static final String SQL =
      "SELECT coalesce(sum(memory_usage_bytes), 0)::BIGINT,"
          + " coalesce(sum(temporary_storage_bytes), 0)::BIGINT FROM duckdb_memory()";

  private final DuckDBConnection connection;
  private PreparedStatement statement; // made by the first look
  private boolean closed;

  /** What it takes now. */
  record Use(long memoryBytes, long spilledBytes) {
    static final Use NONE = new Use(0, 0);
  }

  EngineMemory(DuckDBConnection connection) {
    this.connection = connection;
  }

  /** Nothing where the engine has ended. */
  synchronized Use now() {
    if (closed) {
      return Use.NONE;
    }
    try {
      if (statement == null) {
        statement = connection.prepareStatement(SQL);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return new Use(row.getLong(1), row.getLong(2));
      }
    } catch (SQLException e) {
      return Use.NONE; // it is only told to people
    }
  }

  @Override
  public synchronized void close() throws SQLException {
    closed = true;
    if (statement != null) {
      statement.close();
    }
    connection.close();
  }
}
