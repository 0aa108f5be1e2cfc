package dev.odyssey.transform.source;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** Writes Parquet files for tests. */
public final class Parquet {
  private Parquet() {}

  public static Path write(Path file, String select) {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("COPY (" + select + ") TO '" + file + "' (FORMAT parquet)");
      return file;
    } catch (SQLException e) {
      throw new IllegalStateException(select, e);
    }
  }
}
