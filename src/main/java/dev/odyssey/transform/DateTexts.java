package dev.odyssey.transform;

import java.util.List;

/**
 * SQL that reads dates and timestamps of texts. The engine reads more than a text says: words, a
 * year 26 of {@code 26-01-02} or of {@code 02.01.26} by {@code %d.%m.%Y}, a date of {@code
 * 2026-01-02 and more}. It leaves out the zone of a text that becomes a timestamp without one, and
 * gives the zone of {@code 2026-01-02 12:00:00 Europe/Berlin} to the texts after it that name none.
 * It knows no zone behind a blank or behind minutes, and no comma before a fraction. Stateless.
 */
final class DateTexts {
  private static final String ISO_DATE =
      "\\s*\\d{4}[-/ \\\\]\\d{1,2}[-/ \\\\]\\d{1,2}(Z|[-+]\\d{2}:?\\d{2})?\\s*";
  private static final String ZONE_BEHIND_MINUTES =
      "(^|[ T])(\\d{1,2}:\\d{2})(?: *([-+]\\d{2}(?::?\\d{2})?|Z)| +([A-Za-z]{2}[\\w/+-]*))\\s*$";
  private static final String COMMA_BEFORE_FRACTION = "(:\\d{2}),(\\d)";
  private static final String BLANK_BEFORE_ZONE = "(:\\d+(?:\\.\\d+)?) +([-+]\\d|Z)";
  private static final String TIMED = "\\s*\\d{4}.*:.*";
  private static final String TIME =
      "\\s*(\\d{4}-\\d{1,2}-\\d{1,2}[ T])?\\d{1,2}:\\d{1,2}(:\\d{1,2}([.,]\\d+)?)?"
          + " *([-+]\\d{2}(:?\\d{2})?|Z|UTC|GMT|[A-Z]\\w+/[\\w/+-]+)?\\s*";
  private static final String YEAR = "\\d{4}";

  private DateTexts() {}

  /**
   * @param value an identifier
   * @param formats as {@code strptime} has them; tried before ISO 8601
   */
  static String read(String value, ColumnType type, List<String> formats) {
    String plain = isDate(type) ? cast(value, "DATE") : plain(value, type);
    if (formats.isEmpty()) {
      return plain;
    }
    return "coalesce(TRY_CAST(try_strptime(%s, %s) AS %s), %s)"
        .formatted(
            value, Sql.list(formats), type.sql(), isDate(type) ? strict(value, plain) : plain);
  }

  /**
   * What {@link #read} gave, where the text says that and the year has four digits: what others
   * call a date ends with 9999, and one beyond makes pandas refuse its whole column. The engine
   * makes 1970 or, by a format, 1900 of words.
   *
   * @param read the name of a column that holds it
   */
  static String checked(String value, String read, ColumnType type, List<String> formats) {
    String said =
        isDate(type) && formats.isEmpty()
            ? "CASE WHEN %1$s::VARCHAR = %2$s THEN %1$s ELSE %3$s END"
                .formatted(read, value, strict(value, read))
            : """
            CASE WHEN %1$s > '1000-01-01'::%2$s
                AND (%1$s NOT IN ('1970-01-01'::%2$s, '1900-01-01'::%2$s) OR regexp_matches(%3$s, '\\d'))
                OR regexp_matches(%3$s, %4$s) THEN %1$s END"""
                .formatted(
                    read,
                    type.sql(),
                    value,
                    Sql.literal(formats.isEmpty() ? "^\\s*" + YEAR : YEAR));
    return "CASE WHEN %s THEN %s END".formatted(isUsual(read, type), said);
  }

  /**
   * A time of day of a text that is one and no more: the engine leaves out what follows, so that it
   * makes one in the morning of {@code 1:00:00 PM}, and reads a date as its midnight.
   *
   * @param read the name of a column that holds what {@link Cast#read} gave
   */
  static String checkedTime(String value, String read) {
    return "CASE WHEN %1$s::VARCHAR = %2$s OR regexp_full_match(%2$s, %3$s) THEN %1$s END"
        .formatted(read, value, Sql.literal(TIME));
  }

  /** Within the years 1 to 9999; so not infinite either. */
  static String isUsual(String value, ColumnType type) {
    String last = isDate(type) ? "9999-12-31" : "9999-12-31 23:59:59.999999";
    return "%1$s BETWEEN '0001-01-01'::%2$s AND '%3$s'::%2$s".formatted(value, type.sql(), last);
  }

  /** The fallbacks are computed only for what the engine does not take as it is. */
  private static String plain(String value, ColumnType type) {
    String usual = usual(value);
    String inUtc = " AT TIME ZONE 'UTC'";
    return type.kind() == ColumnType.Kind.TIMESTAMP
        ? "coalesce(%s, %s%s, %s, %s%s)"
            .formatted(local(value), zoned(value), inUtc, local(usual), zoned(usual), inUtc)
        : "coalesce(%s%s, %s, %s%s, %s)"
            .formatted(local(value), inUtc, zoned(value), local(usual), inUtc, zoned(usual));
  }

  /** Of a text without an offset; the engine's own cast to a timestamp, which knows no zones. */
  private static String local(String value) {
    return "CASE WHEN NOT contains(%1$s, '+') AND %1$s NOT LIKE '%%:%%-%%' THEN %2$s END"
        .formatted(value, cast(value, "TIMESTAMP"));
  }

  /** TRY: near the end of time the engine's cast fails in spite of TRY_CAST. */
  private static String zoned(String value) {
    return "TRY(" + cast(value, "TIMESTAMP WITH TIME ZONE") + ")";
  }

  /** The text as the engine writes it: seconds before a zone, a point, no blank. */
  static String usual(String value) {
    return "regexp_replace(regexp_replace(regexp_replace(%s, %s, '\\1\\2:00 \\3\\4'), %s, '\\1.\\2'), %s, '\\1\\2')"
        .formatted(
            value,
            Sql.literal(ZONE_BEHIND_MINUTES),
            Sql.literal(COMMA_BEFORE_FRACTION),
            Sql.literal(BLANK_BEFORE_ZONE));
  }

  /** The date of a text that is one and no more, or one with a time of day. */
  private static String strict(String value, String read) {
    return """
        CASE WHEN regexp_full_match(%1$s, %2$s)
              OR regexp_full_match(%1$s, %3$s) AND %4$s IS NOT NULL THEN %5$s END"""
        .formatted(
            value,
            Sql.literal(ISO_DATE),
            Sql.literal(TIMED),
            plain(value, ColumnType.named("timestamp").orElseThrow()),
            read);
  }

  private static String cast(String value, String type) {
    return "TRY_CAST(" + value + " AS " + type + ")";
  }

  private static boolean isDate(ColumnType type) {
    return type.kind() == ColumnType.Kind.DATE;
  }
}
