package dev.odyssey.transform.guess;

import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What a column of text may mean.
 *
 * @param name the file's column
 * @param type a schema's word for it, such as {@code integer}
 * @param values rows that have a value: neither NULL, blank nor a word for nothing such as {@code
 *     n/a}
 * @param fitting of these, how many fit the type
 * @param unique true when every row has a value and no two are the same
 * @param example a value that fits; null where there is none
 * @param misfit a value that does not fit; null where all do
 * @param how what its values look like where that is not the usual way; else empty
 * @param options of the source's config that its values need
 * @param nothing the words for nothing that it has
 * @param fields paths into its JSON objects, such as {@code user.city}
 */
public record Guess(
    String name,
    String type,
    long rows,
    long values,
    long fitting,
    boolean unique,
    String example,
    String misfit,
    String how,
    Map<String, String> options,
    List<String> nothing,
    List<String> fields) {

  private static final int MAX_FIELDS = 20;

  /** Share of the values that fit, 0 to 1; 1 for a column without values. */
  public double sure() {
    return values == 0 ? 1 : (double) fitting / values;
  }

  /** A column that the file itself gives a type. */
  static Guess typed(Engine engine, String table, String column, String engineType)
      throws SQLException {
    String value = Sql.identifier(column);
    Object[] found = new Object[4];
    engine.rows(
        "SELECT count(*), count(%1$s), count(DISTINCT %1$s) = count(*), min(%1$s)::VARCHAR FROM %2$s"
            .formatted(value, table),
        row -> {
          found[0] = row.getLong(1);
          found[1] = row.getLong(2);
          found[2] = row.getBoolean(3);
          found[3] = row.getString(4);
        });
    long rows = (Long) found[0];
    long values = (Long) found[1];
    boolean unique = (Boolean) found[2] && values == rows && rows > 0;
    String type = word(engineType);
    return new Guess(
        column,
        type,
        rows,
        values,
        values,
        unique,
        (String) found[3],
        null,
        "",
        Map.of(),
        List.of(),
        engineType.equals("JSON") ? fields(engine, table, column, value) : List.of());
  }

  private static String word(String engineType) {
    return switch (engineType.replaceFirst("\\(.*", "")) {
      case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER" ->
          "integer";
      case "UBIGINT", "HUGEINT" -> "number";
      case "FLOAT", "DOUBLE" -> "double";
      case "DECIMAL" -> engineType.toLowerCase(Locale.ROOT).replace(" ", "");
      case "BOOLEAN" -> "boolean";
      case "DATE" -> "date";
      case "TIME" -> "time";
      case "TIMESTAMP" -> "timestamp";
      case "TIMESTAMP WITH TIME ZONE" -> "timestamptz";
      case "UUID" -> "uuid";
      case "VARCHAR" -> "text";
      default -> "json";
    };
  }

  /**
   * @param json of that column
   */
  static List<String> fields(Engine engine, String table, String column, String json)
      throws SQLException {
    List<String> fields = new ArrayList<>();
    engine.rows(
        "SELECT key FROM (SELECT unnest(json_keys(%s)) AS key FROM %s) GROUP BY key ORDER BY count(*) DESC, key LIMIT %d"
            .formatted(json, table, MAX_FIELDS),
        row -> fields.add(column + "." + row.getString(1)));
    return fields;
  }
}
