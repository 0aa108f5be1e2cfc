package dev.odyssey.health;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/** Asks whether the database answers and has the whole contract. */
public final class DatabaseProbe implements Probe {
  private static final String UNDEFINED_FUNCTION = "42883";
  private static final String UNDEFINED_SCHEMA = "3F000";
  private static final String NO_PRIVILEGE = "42501";

  private final DataSource dataSource;

  public DatabaseProbe(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  @Override
  public List<String> missing() throws SQLException {
    try (Connection connection = dataSource.getConnection();
        Statement statement = connection.createStatement()) {
      statement.setQueryTimeout(5);
      try (ResultSet rows =
          statement.executeQuery("select piece, remedy from odyssey.missing_pieces()")) {
        var missing = new ArrayList<String>();
        while (rows.next()) {
          missing.add(rows.getString(1) + ": " + rows.getString(2));
        }
        return missing;
      }
    } catch (SQLException e) {
      return switch (String.valueOf(e.getSQLState())) {
        case UNDEFINED_FUNCTION, UNDEFINED_SCHEMA -> List.of(
            "schema odyssey is missing or too old: run bin/odyssey migrate");
        case NO_PRIVILEGE -> List.of(
            "the role may not use schema odyssey: run bin/odyssey migrate --grant-to ROLE");
        default -> throw e;
      };
    }
  }
}
