package dev.odyssey.transform.definition;

import dev.odyssey.transform.types.NumberLadder;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The type of a snapshot's column. Immutable.
 *
 * @param kind what a value means
 * @param sql the engine's type, by the name that the engine itself gives it; for {@link
 *     Kind#NUMBER} settled by the file's values, see {@link NumberLadder}; for {@link Kind#NATIVE}
 *     what the file or the expression has
 */
public record ColumnType(Kind kind, String sql) {
  private static final Pattern DECIMAL =
      Pattern.compile(
          "(?:decimal|numeric)(?:\\s*\\(\\s*(\\d{1,2})\\s*(?:,\\s*(\\d{1,2})\\s*)?\\))?");

  static final ColumnType TEXT = new ColumnType(Kind.TEXT, "VARCHAR");

  /** For a person; docs/types.md has their other names. */
  static final String NAMES =
      "string, integer, number, double, decimal(p,s) of up to 38 digits, boolean, date, timestamp,"
          + " timestamptz, time, json, uuid";

  public enum Kind {
    TEXT,
    INTEGER,
    NUMBER,
    DOUBLE,
    DECIMAL,
    BOOLEAN,
    DATE,
    TIMESTAMP,
    TIMESTAMPTZ,
    TIME,
    JSON,
    UUID,
    NATIVE
  }

  /** The type that a stream's schema names; empty where the name means nothing here. */
  public static Optional<ColumnType> named(String name) {
    String word = name.strip().toLowerCase(Locale.ROOT);
    return switch (word) {
      case "string", "text", "varchar" -> Optional.of(TEXT);
      case "integer", "int", "bigint", "long" -> type(Kind.INTEGER, "BIGINT");
      case "number" -> type(Kind.NUMBER, "DOUBLE");
      case "double", "float" -> type(Kind.DOUBLE, "DOUBLE");
      case "boolean", "bool" -> type(Kind.BOOLEAN, "BOOLEAN");
      case "date" -> type(Kind.DATE, "DATE");
      case "timestamp", "datetime" -> type(Kind.TIMESTAMP, "TIMESTAMP");
      case "timestamptz" -> type(Kind.TIMESTAMPTZ, "TIMESTAMP WITH TIME ZONE");
      case "time" -> type(Kind.TIME, "TIME");
      case "json", "jsonb", "object", "array" -> type(Kind.JSON, "JSON");
      case "uuid" -> type(Kind.UUID, "UUID");
      default -> decimal(word);
    };
  }

  public static ColumnType ofEngine(String sql) {
    return switch (sql) {
      case "VARCHAR" -> TEXT;
      case "JSON" -> new ColumnType(Kind.JSON, sql);
      default -> new ColumnType(Kind.NATIVE, sql);
    };
  }

  public boolean isNumeric() {
    return switch (kind) {
      case INTEGER, NUMBER, DOUBLE, DECIMAL -> true;
      default -> false;
    };
  }

  public ColumnType as(String settledSql) {
    return new ColumnType(kind, settledSql);
  }

  /** The word for messages and details. */
  public String word() {
    return switch (kind) {
      case DECIMAL, NATIVE -> sql.toLowerCase(Locale.ROOT);
      default -> kind.name().toLowerCase(Locale.ROOT);
    };
  }

  private static Optional<ColumnType> type(Kind kind, String sql) {
    return Optional.of(new ColumnType(kind, sql));
  }

  /** As in PostgreSQL, {@code decimal} alone has no scale to keep, so it is a {@code number}. */
  private static Optional<ColumnType> decimal(String word) {
    Matcher matcher = DECIMAL.matcher(word);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    if (matcher.group(1) == null) {
      return type(Kind.NUMBER, "DOUBLE");
    }
    int precision = Integer.parseInt(matcher.group(1));
    int scale = matcher.group(2) == null ? 0 : Integer.parseInt(matcher.group(2));
    return precision < 1 || precision > 38 || scale > precision
        ? Optional.empty()
        : type(Kind.DECIMAL, "DECIMAL(" + precision + "," + scale + ")");
  }
}
