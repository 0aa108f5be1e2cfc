package dev.odyssey.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.postgresql.util.PGobject;

/** What a function of the contract answers, for people and for scripts. Stateless. */
final class Rows {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Rows() {}

  /**
   * Calls a function with its arguments bound.
   *
   * @param call such as {@code odyssey.redrive(?, ?)}
   * @param arguments a number, a text, a UUID or null each
   */
  static List<Map<String, Object>> query(
      Configuration configuration, String call, Object... arguments) throws SQLException {
    try (var connection = configuration.database().getConnection();
        PreparedStatement statement = connection.prepareStatement("select * from " + call)) {
      for (int i = 0; i < arguments.length; i++) {
        if (arguments[i] == null) {
          statement.setNull(i + 1, Types.NULL);
        } else {
          statement.setObject(i + 1, arguments[i]);
        }
      }
      try (ResultSet result = statement.executeQuery()) {
        return read(result);
      }
    }
  }

  static String json(Object value) throws JsonProcessingException {
    return JSON.writeValueAsString(value);
  }

  static String shown(Object value) {
    return value == null ? "-" : value.toString();
  }

  /** Of a JSON array. */
  static int size(Object value) {
    return value instanceof JsonNode array ? array.size() : 0;
  }

  private static List<Map<String, Object>> read(ResultSet result) throws SQLException {
    var rows = new ArrayList<Map<String, Object>>();
    while (result.next()) {
      var row = new LinkedHashMap<String, Object>();
      for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
        row.put(result.getMetaData().getColumnLabel(i), plain(result, i));
      }
      rows.add(row);
    }
    return rows;
  }

  private static Object plain(ResultSet result, int column) throws SQLException {
    Object value = result.getObject(column);
    try {
      return switch (result.getMetaData().getColumnTypeName(column)) {
        case "jsonb" -> value == null ? null : JSON.readTree(((PGobject) value).getValue());
        case "timestamptz" ->
            value == null ? null : result.getTimestamp(column).toInstant().toString();
        default -> value;
      };
    } catch (JsonProcessingException e) {
      throw new SQLException("The database sent wrong JSON", e);
    }
  }
}
