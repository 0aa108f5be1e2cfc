package dev.odyssey.transform.guess;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.odyssey.transform.definition.ColumnType;
import dev.odyssey.transform.engine.Sql;
import dev.odyssey.transform.options.SourceOptions;
import dev.odyssey.transform.types.Cast;
import dev.odyssey.transform.types.TextRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A type that a column of text may have. Immutable.
 *
 * @param type a schema's word
 * @param how what its values look like where that is not the usual way, for a person; else empty
 * @param options of the source's config that it needs
 * @param pattern of the whole of a value without the blanks around it; null for any
 * @param sql NULL where a value does not fit: the cast of a sync, behind a check of the pattern,
 *     because casts are more generous than guesses should be
 */
record Candidate(String type, String how, Map<String, String> options, String pattern, String sql) {
  private static final List<String> DATES =
      List.of("%d.%m.%Y", "%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y", "%Y/%m/%d", "%Y%m%d");

  /** With English names of months. */
  private static final List<String> NAMED_DATES =
      List.of("%d %b %Y", "%d-%b-%Y", "%b %d %Y", "%b %d, %Y", "%d %B %Y", "%B %d, %Y");

  private static final List<String> TIMESTAMPS =
      List.of(
          "%d.%m.%Y %H:%M:%S",
          "%d.%m.%Y %H:%M",
          "%d/%m/%Y %H:%M",
          "%m/%d/%Y %H:%M",
          "%d/%m/%Y %H:%M:%S",
          "%m/%d/%Y %H:%M:%S",
          "%m/%d/%Y %I:%M:%S %p");
  private static final List<String> LANGUAGES =
      List.of("de", "fr", "es", "it", "nl", "pt", "pl", "sv", "da", "cs", "ru", "tr");
  private static final String ISO_TIMESTAMP =
      "\\s*[0-9]{4}[-/][0-9]{1,2}[-/][0-9]{1,2}[ T][0-9]{1,2}:[0-9]{2}(:[0-9]{1,2}([.][0-9]+)?)?";

  /** In the order of preference; text, which everything fits, is the last. */
  static List<Candidate> of(String column) {
    List<Candidate> all = new ArrayList<>();
    all.add(shaped("integer", "[-+]?(0|[1-9][0-9]{0,17})", column));
    numbers(all, column);
    all.add(shaped("boolean", "[A-Za-z]+", column));
    for (String language : LANGUAGES) {
      all.add(with("boolean", language, Map.of("booleanLanguages", language), "\\p{L}+", column));
    }
    all.add(shaped("date", "[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}", column));
    all.add(shaped("timestamp", ISO_TIMESTAMP, column));
    all.add(shaped("timestamptz", ISO_TIMESTAMP + "\\s*(Z|UTC|[-+][0-9:]{2,6})", column));
    all.add(shaped("time", "[0-9]{1,2}:[0-9]{2}(:[0-9.]+)?", column));
    all.add(shaped("uuid", "[0-9a-fA-F]{8}-.*", column));
    DATES.forEach(format -> all.add(formatted("date", format, column)));
    NAMED_DATES.forEach(format -> all.add(formatted("date", format, column)));
    TIMESTAMPS.forEach(format -> all.add(formatted("timestamp", format, column)));
    all.add(shaped("json", "(?s)[\\[{].*", column));
    all.add(new Candidate("text", "", Map.of(), null, column));
    return all;
  }

  boolean isNumber() {
    return type.equals("integer") || type.equals("number");
  }

  /** No {@code 0x1F}, no {@code nan}, no {@code 007}: that is a code, not a number. */
  private static void numbers(List<Candidate> all, String column) {
    String plain = "[-+]?(0*|[1-9][0-9]*)([.][0-9]*)?([eE][-+]?[0-9]+)?";
    String marked = "[-+0-9.,'’\\s%$€£]*[0-9][0-9.,'’\\s%$€£]*";
    all.add(shaped("number", plain, column));
    String grouped = "[-+]?([1-9][0-9]{0,2}(,[0-9]{3})*|0)";
    all.add(with("number", "1,234", Map.of("thousandsSeparator", ","), grouped, column));
    all.add(with("number", "1.234,5", Map.of("decimalSeparator", ","), marked, column));
    all.add(with("number", "1,234.5", Map.of("thousandsSeparator", ","), marked, column));
    all.add(with("number", "1'234.5", Map.of("thousandsSeparator", "'"), marked, column));
    all.add(
        with(
            "number",
            "1 234,5",
            Map.of("decimalSeparator", ",", "thousandsSeparator", " "),
            marked,
            column));
    all.add(with("number", "12.5 %", Map.of("percent", "number"), marked, column));
    all.add(
        with(
            "number",
            "12,5 %",
            Map.of("percent", "number", "decimalSeparator", ","),
            marked,
            column));
    all.add(
        with(
            "number",
            "1.234,5 €",
            Map.of("currency", "€", "decimalSeparator", ","),
            marked,
            column));
    all.add(
        with(
            "number",
            "$1,234.5",
            Map.of("currency", "$", "thousandsSeparator", ","),
            marked,
            column));
  }

  private static Candidate shaped(String type, String pattern, String column) {
    return with(type, "", Map.of(), pattern, column);
  }

  private static Candidate formatted(String type, String format, String column) {
    String pattern =
        NAMED_DATES.contains(format)
            ? "([0-9]{1,2}[ -])?[A-Za-z]{3,9}[ -]([0-9]{1,2},? )?[0-9]{4}"
            : type.equals("date") ? "[0-9][^:]*[0-9]" : "[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{4} .*";
    return with(type, format, Map.of(type + "Format", format), pattern, column);
  }

  private static Candidate with(
      String type, String how, Map<String, String> options, String pattern, String column) {
    ObjectNode config = JsonNodeFactory.instance.objectNode();
    options.forEach(config::put);
    Cast cast = new Cast(TextRules.of(new SourceOptions("preview", config)));
    String sql =
        "CASE WHEN %s THEN %s END"
            .formatted(
                hasShape(column, pattern),
                cast.fromText(column, ColumnType.named(type).orElseThrow()));
    return new Candidate(type, how, options, pattern, sql);
  }

  /** SQL: whether a value fits. */
  String fits() {
    return "(" + sql + ") IS NOT NULL";
  }

  /** SQL: whether a value is one of the pattern's. */
  static String hasShape(String column, String pattern) {
    return "regexp_full_match(trim(%s), %s)".formatted(column, Sql.literal(pattern));
  }
}
