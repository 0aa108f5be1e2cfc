package dev.odyssey.transform.types;

import dev.odyssey.transform.definition.ColumnType;
import dev.odyssey.transform.engine.DecimalSize;
import dev.odyssey.transform.engine.Macros;
import dev.odyssey.transform.engine.Sql;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * SQL that turns a text, or a value of the engine's own type, into a column's type; NULL where it
 * does not fit. It calls {@link Macros}. Immutable.
 */
public final class Cast {
  private static final List<String> PRINTED =
      List.of("true", "false", "True", "False", "TRUE", "FALSE", "1", "0", "t", "f");

  private final TextRules rules;

  public Cast(TextRules rules) {
    this.rules = rules;
  }

  /**
   * @param value an identifier
   */
  public String fromText(String value, ColumnType type) {
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
      case INTEGER, JSON -> attempt(value, type);
      case NUMBER, DOUBLE, DECIMAL -> number(value, type);
      case BOOLEAN ->
          // an IN would become a join with every row, a CASE lower them for each word
          "CASE %1$s %2$s ELSE MAP {%3$s}[lower(trim(%1$s))] END"
              .formatted(value, printed(), booleans());
      case DATE -> date(value, attempt(value, type));
      case TIMESTAMP -> timestamp(value, type, "read_timestamp");
      case TIMESTAMPTZ -> timestamp(value, type, "read_timestamptz");
      case TIME -> "read_time(" + value + ")";
      case UUID -> "read_uuid(" + value + ")";
    };
  }

  /** The engine takes 1_000 for a number, and a dash and a blank for the decimal 0. */
  private static String number(String value, ColumnType type) {
    return DecimalSize.of(type.sql())
        .map(size -> "CASE WHEN is_number(%s) THEN %s END".formatted(value, size.fromText(value)))
        .orElseGet(
            () ->
                "CASE WHEN NOT contains(%s, '_') THEN %s END"
                    .formatted(value, attempt(value, type)));
  }

  private String date(String value, String iso) {
    return rules.dateFormats().isEmpty()
        ? iso
        : "coalesce(TRY_CAST(try_strptime(%1$s, %2$s) AS DATE), date_alone(%1$s, %3$s))"
            .formatted(value, Sql.list(rules.dateFormats()), iso);
  }

  private String timestamp(String value, ColumnType type, String macro) {
    return rules.timestampFormats().isEmpty()
        ? "%s(%s)".formatted(macro, value)
        : "coalesce(TRY_CAST(try_strptime(%1$s, %2$s) AS %3$s), %4$s(%1$s))"
            .formatted(value, Sql.list(rules.timestampFormats()), type.sql(), macro);
  }

  /** True where {@link #checked} names what was read more than once. */
  static boolean isChecked(ColumnType type) {
    return switch (type.kind()) {
      case INTEGER, DATE, TIMESTAMP, TIMESTAMPTZ, TIME -> true;
      default -> type.sql().equals("DOUBLE");
    };
  }

  /**
   * What the engine read, where the text says that.
   *
   * @param value of which {@code read} was made
   * @param read of {@link #read}, or the name of a column that holds it
   */
  String checked(String value, String read, ColumnType type) {
    String macro =
        switch (type.kind()) {
          case INTEGER -> "checked_integer";
          case DATE -> rules.dateFormats().isEmpty() ? "checked_date" : "formatted_date";
          case TIMESTAMP, TIMESTAMPTZ ->
              rules.timestampFormats().isEmpty() ? "checked_timestamp" : "formatted_timestamp";
          case TIME -> "checked_time";
          default -> type.sql().equals("DOUBLE") ? "checked_double" : null;
        };
    return macro == null ? read : "%s(%s, %s)".formatted(macro, value, read);
  }

  /** The words that programs print, which need neither be trimmed nor lowered. */
  private String printed() {
    return PRINTED.stream()
        .map(word -> "WHEN '%s' THEN %s".formatted(word, rules.booleans().get(lower(word))))
        .collect(Collectors.joining(" "));
  }

  private static String lower(String word) {
    return word.toLowerCase(Locale.ROOT);
  }

  private String booleans() {
    return rules.booleans().entrySet().stream()
        .map(word -> Sql.literal(word.getKey()) + ": " + word.getValue())
        .collect(Collectors.joining(", "));
  }

  /**
   * A value that is no text. The engine's cast rounds to an integer and takes 9 for true, which an
   * expression may want; a column of a file says neither.
   *
   * @param has the engine's type of it
   */
  String fromEngine(String value, String has, Projection projection) {
    ColumnType type = projection.type();
    String read = Retyping.cast(value, has, type.sql());
    return switch (type.kind()) {
      case NATIVE -> value;
      case JSON -> has.equals("JSON") ? value : "to_json(" + value + ")"; // else numbers anew
      case DATE -> "CASE WHEN is_usual_date(%1$s) THEN %1$s END".formatted(tried(read));
      case TIMESTAMP, TIMESTAMPTZ ->
          "CASE WHEN is_usual_timestamp(%1$s) THEN %1$s END".formatted(tried(read));
      case TIME -> tried(read);
      case INTEGER ->
          Retyping.isFraction(has) && !projection.isDerived() ? Retyping.whole(value, read) : read;
      case BOOLEAN ->
          Typed.isNumeric(has) && !projection.isDerived() ? Retyping.truth(value, read) : read;
      default -> read;
    };
  }

  /** Near the end of time, and of infinity, casts fail in spite of TRY_CAST. */
  private static String tried(String cast) {
    return "TRY(" + cast + ")";
  }

  /** A text that stands for no value at all. */
  static String isNoValue(String value, ColumnType type) {
    return switch (type.kind()) {
      case DATE, TIMESTAMP, TIMESTAMPTZ -> "is_no_date(" + value + ")";
      default -> "is_blank(" + value + ")";
    };
  }

  /**
   * A text with the decimal point and without thousands separators; NULL where they are misused.
   */
  String plainNumber(String value) {
    return rules.plainNumber(value);
  }

  /** As the engine reads a text. */
  private static String attempt(String value, ColumnType type) {
    return "TRY_CAST(" + value + " AS " + type.sql() + ")";
  }
}
