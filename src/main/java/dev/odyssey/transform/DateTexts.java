package dev.odyssey.transform;

import java.util.List;

/**
 * SQL that reads dates and timestamps of texts. The engine reads more than a text says: the word
 * {@code epoch}, a year 26 of {@code 26-01-02} or of {@code 02.01.26} by {@code %d.%m.%Y}, a date
 * of {@code 2026-01-02 and more}. It leaves out the zone of a text that becomes a timestamp without
 * one, and knows none behind a blank. Stateless.
 */
final class DateTexts {
  private static final String ISO_DATE =
      "\\s*-?\\d{4,}[-/ \\\\]\\d{1,2}[-/ \\\\]\\d{1,2}(\\s*\\(BC\\))?(Z|[-+]\\d{2}:?\\d{2})?\\s*";
  private static final String BLANK_BEFORE_ZONE = "(:\\d+(?:\\.\\d+)?) +([-+]\\d|Z)";
  private static final String TIMED = "\\s*-?\\d{4}.*:.*";

  private DateTexts() {}

  /**
   * @param value an identifier
   * @param formats as {@code strptime} has them; tried before ISO 8601
   */
  static String read(String value, ColumnType type, List<String> formats) {
    String plain = plain(value, type);
    if (formats.isEmpty()) {
      return plain;
    }
    return "coalesce(TRY_CAST(try_strptime(%s, %s) AS %s), %s)"
        .formatted(
            value, Sql.list(formats), type.sql(), isDate(type) ? strict(value, plain) : plain);
  }

  /**
   * What {@link #read} gave, where the text says that.
   *
   * @param read the name of a column that holds it
   */
  static String checked(String value, String read, ColumnType type, List<String> formats) {
    if (isDate(type) && formats.isEmpty()) {
      return "CASE WHEN isfinite(%1$s) AND %1$s::VARCHAR = %2$s THEN %1$s ELSE %3$s END"
          .formatted(read, value, strict(value, read));
    }
    String year = formats.isEmpty() ? "^\\s*[-+]?\\d{4}" : "\\d{4}";
    return """
        CASE WHEN isfinite(%1$s) AND (%1$s > '1000-01-01'::%2$s AND %1$s <> '1970-01-01'::%2$s
              OR regexp_matches(%3$s, %4$s)) THEN %1$s END"""
        .formatted(read, type.sql(), value, Sql.literal(year));
  }

  private static String plain(String value, ColumnType type) {
    String cast = "TRY_CAST(" + value + " AS " + type.sql() + ")";
    return switch (type.kind()) {
      case TIMESTAMP ->
          "coalesce(CASE WHEN NOT contains(%1$s, '+') AND %1$s NOT LIKE '%%:%%-%%' THEN %2$s END, %3$s AT TIME ZONE 'UTC')"
              .formatted(value, cast, zoned(value));
      case TIMESTAMPTZ -> zoned(value);
      default -> cast;
    };
  }

  /** TRY: near the end of time the engine's cast fails in spite of TRY_CAST. */
  private static String zoned(String value) {
    return "coalesce(TRY(TRY_CAST(%1$s AS %2$s)), TRY(TRY_CAST(regexp_replace(%1$s, %3$s, '\\1\\2') AS %2$s)))"
        .formatted(value, "TIMESTAMP WITH TIME ZONE", Sql.literal(BLANK_BEFORE_ZONE));
  }

  /** The date of a text that is one and no more, or one with a time of day. */
  private static String strict(String value, String read) {
    return """
        CASE WHEN regexp_full_match(%1$s, %2$s)
              OR regexp_full_match(%1$s, %3$s) AND TRY_CAST(%1$s AS TIMESTAMP) IS NOT NULL THEN %4$s END"""
        .formatted(value, Sql.literal(ISO_DATE), Sql.literal(TIMED), read);
  }

  private static boolean isDate(ColumnType type) {
    return type.kind() == ColumnType.Kind.DATE;
  }
}
