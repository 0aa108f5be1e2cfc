package dev.odyssey.transform;

import java.util.List;
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
    String plain = type.isNumeric() ? plainNumber(value) : value;
    return checked(plain, read(plain, type), type);
  }

  /**
   * What the engine makes of a text, which may be more than the text says.
   *
   * @param value a number as {@link #plainNumber} gives it
   */
  String read(String value, ColumnType type) {
    return switch (type.kind()) {
      case TEXT, NATIVE -> value;
      case INTEGER -> attempt(value, type);
      case NUMBER, DOUBLE, DECIMAL ->
          "CASE WHEN NOT contains(%s, '_') THEN %s END".formatted(value, attempt(value, type));
      case BOOLEAN ->
          // the usual words first; an IN would become a join with every row
          "CASE %1$s WHEN 'true' THEN true WHEN 'false' THEN false ELSE CASE lower(trim(%1$s)) %2$s END END"
              .formatted(value, booleans());
      case DATE, TIMESTAMP, TIMESTAMPTZ -> DateTexts.read(value, type, formats(type));
      case JSON -> attempt(value, type);
      case TIME ->
          "coalesce(%s, %s)".formatted(attempt(value, type), attempt(DateTexts.usual(value), type));
      case UUID ->
          "coalesce(%s, %s)".formatted(attempt(value, type), attempt("trim(" + value + ")", type));
    };
  }

  /** True where {@link #checked} names what was read more than once. */
  static boolean isChecked(ColumnType type) {
    return switch (type.kind()) {
      case INTEGER, DATE, TIMESTAMP, TIMESTAMPTZ, TIME -> true;
      default -> type.sql().equals("DOUBLE");
    };
  }

  /**
   * What the engine read, where the text says that. The engine rounds 1.5 and 15e-1 to 2 and reads
   * 0x1F and 1_000, which are no integers here, 1e400 as infinity, and words that are no dates.
   *
   * @param value of which {@code read} was made
   * @param read of {@link #read}, or the name of a column that holds it
   */
  String checked(String value, String read, ColumnType type) {
    return switch (type.kind()) {
      case INTEGER -> integer(value, read);
      case DATE, TIMESTAMP, TIMESTAMPTZ -> DateTexts.checked(value, read, type, formats(type));
      case TIME -> DateTexts.checkedTime(value, read);
      default -> type.sql().equals("DOUBLE") ? inRange(value, read) : read;
    };
  }

  private List<String> formats(ColumnType type) {
    return type.kind() == ColumnType.Kind.DATE ? rules.dateFormats() : rules.timestampFormats();
  }

  /** True for what some numeric type holds. */
  static String isNumber(String value) {
    return "(TRY_CAST(%1$s AS DOUBLE) IS NOT NULL AND NOT contains(%1$s, '_'))".formatted(value);
  }

  private static String inRange(String value, String read) {
    return "CASE WHEN NOT isinf(%1$s) OR contains(lower(%2$s), 'inf') THEN %1$s END"
        .formatted(read, value);
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
      case DATE, TIMESTAMP, TIMESTAMPTZ -> {
        String read = attempt(value, type);
        yield "CASE WHEN %s THEN %s END".formatted(DateTexts.isUsual(read, type), read);
      }
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

  private static String integer(String number, String read) {
    String whole = "regexp_replace(%s, '\\.0*\\s*$', '')".formatted(number);
    return ("CASE WHEN %3$s::VARCHAR = %1$s THEN %3$s"
            + " WHEN contains(%1$s, '.') OR contains(%1$s, '_') OR contains(%1$s, 'x')"
            + " THEN CASE WHEN regexp_full_match(%2$s, '\\s*[-+]?\\d+') THEN TRY_CAST(%2$s AS BIGINT) END"
            + " WHEN NOT contains(lower(%1$s), 'e-') THEN %3$s END")
        .formatted(number, whole, read);
  }

  private static String attempt(String value, ColumnType type) {
    return "TRY_CAST(" + value + " AS " + type.sql() + ")";
  }
}
