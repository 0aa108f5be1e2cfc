package dev.odyssey.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/**
 * Asks a database what it lacks of the contract that the runner needs.
 *
 * <p>Changes nothing; works for a role that may execute the contract's functions and nothing else.
 */
public final class Contract {
  private static final String UNDEFINED_SCHEMA = "3F000";
  private static final String UNDEFINED_FUNCTION = "42883";
  private static final String INSUFFICIENT_PRIVILEGE = "42501";

  private final DataSource dataSource;

  public Contract(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /**
   * Lists what is missing; empty when all is well.
   *
   * @throws SQLException when the database does not answer
   */
  public List<MissingPiece> missingPieces() throws SQLException {
    try (var connection = dataSource.getConnection()) {
      return missingPieces(connection);
    }
  }

  private static List<MissingPiece> missingPieces(Connection connection) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery("select piece, remedy from odyssey.missing_pieces()")) {
      List<MissingPiece> pieces = new ArrayList<>();
      while (rows.next()) {
        pieces.add(new MissingPiece(rows.getString("piece"), rows.getString("remedy")));
      }
      return List.copyOf(pieces);
    } catch (SQLException e) {
      return List.of(
          switch (String.valueOf(e.getSQLState())) {
            case UNDEFINED_SCHEMA, UNDEFINED_FUNCTION ->
                new MissingPiece("schema odyssey", "Run: bin/odyssey migrate");
            case INSUFFICIENT_PRIVILEGE ->
                new MissingPiece(
                    "EXECUTE on the functions of schema odyssey",
                    "Run as an administrator: select odyssey.grant_runner('<this role>')");
            default -> throw e;
          });
    }
  }

  /**
   * One thing that is not there.
   *
   * @param piece what
   * @param remedy what to do about it, one sentence
   */
  public record MissingPiece(String piece, String remedy) {}
}
