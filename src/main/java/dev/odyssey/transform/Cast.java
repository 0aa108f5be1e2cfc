package dev.odyssey.transform;

import java.util.stream.Collectors;

/**
 * SQL that turns a text, or a value of the engine's own type, into a column's type; NULL where it
 * does not fit. Immutable.
 */
final class Cast {
  private final TextRules rules;

  Cast(TextRules rules) {
    this.rules = rules;
  }

  /**
   * @param value an identifier
   */
  String fromText(String value, ColumnType type) {
    return switch (type.kind()) {
      case TEXT, NATIVE -> value;
      case INTEGER -> integer(plainNumber(value));
      case NUMBER, DOUBLE, DECIMAL -> attempt(plainNumber(value), type);
      case BOOLEAN ->
          // the usual words first; an IN would become a join with every row
          "CASE %1$s WHEN 'true' THEN true WHEN 'false' THEN false ELSE CASE lower(trim(%1$s)) %2$s END END"
              .formatted(value, booleans());
      case DATE -> finite(formatted(value, type, rules.dateFormats()), type);
      case TIMESTAMP, TIMESTAMPTZ -> finite(formatted(value, type, rules.timestampFormats()), type);
      case TIME, JSON, UUID -> attempt(value, type);
    };
  }

  private String booleans() {
    return rules.booleans().entrySet().stream()
        .map(word -> "WHEN " + Sql.literal(word.getKey()) + " THEN " + word.getValue())
        .collect(Collectors.joining(" "));
  }

  String fromEngine(String value, ColumnType type) {
    return switch (type.kind()) {
      case NATIVE -> value;
      case JSON -> "to_json(" + value + ")";
      default -> attempt(value, type);
    };
  }

  /** A text that stands for no value at all: blank, or a zero date such as 0000-00-00. */
  String isNoValue(String value, ColumnType type) {
    String blank = "trim(" + value + ") = ''";
    return switch (type.kind()) {
      case DATE, TIMESTAMP, TIMESTAMPTZ ->
          "(" + blank + " OR starts_with(trim(" + value + "), '0000-00-00'))";
      default -> blank;
    };
  }

  /**
   * A text with the decimal point and without thousands separators; NULL where they are misused.
   */
  String plainNumber(String value) {
    return rules.plainNumber(value);
  }

  /** The engine rounds 1.5 to 2 and reads 0x1F and 1_000; none of these is an integer here. */
  private static String integer(String value) {
    String whole = "regexp_replace(%s, '\\.0+\\s*$', '')".formatted(value);
    return ("CASE WHEN TRY_CAST(%1$s AS BIGINT)::VARCHAR = %1$s THEN TRY_CAST(%1$s AS BIGINT)"
            + " WHEN contains(%1$s, '.') OR contains(%1$s, '_') OR contains(%1$s, 'x')"
            + " THEN CASE WHEN regexp_full_match(%2$s, '\\s*[-+]?\\d+') THEN TRY_CAST(%2$s AS BIGINT) END"
            + " ELSE TRY_CAST(%1$s AS BIGINT) END")
        .formatted(value, whole);
  }

  private static String formatted(String value, ColumnType type, java.util.List<String> formats) {
    String plain = attempt(value, type);
    return formats.isEmpty()
        ? plain
        : "coalesce(TRY_CAST(try_strptime(%s, %s) AS %s), %s)"
            .formatted(value, Sql.list(formats), type.sql(), plain);
  }

  /** The engine reads the words infinity and epoch; in a file they are no dates. */
  private static String finite(String sql, ColumnType type) {
    return "nullif(nullif(%1$s, 'infinity'::%2$s), '-infinity'::%2$s)".formatted(sql, type.sql());
  }

  private static String attempt(String value, ColumnType type) {
    return "TRY_CAST(" + value + " AS " + type.sql() + ")";
  }
}
