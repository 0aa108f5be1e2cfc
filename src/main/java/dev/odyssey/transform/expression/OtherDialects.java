package dev.odyssey.transform.expression;

import dev.odyssey.transform.engine.Sql;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What people write who know another database, a spreadsheet or a language: what to write here
 * instead, and what the engine would take in silence and read otherwise than it is meant there.
 * Stateless.
 */
final class OtherDialects {
  /** What to write, and the functions in whose place. */
  static final Map<String, String> INSTEAD =
      Map.ofEntries(
          Map.entry(
              "strptime(text, '%d.%m.%Y')", "to_date todate str_to_date parse_date date_parse"),
          Map.entry(
              "try_strptime(text, '%d.%m.%Y')", "try_to_date try_to_timestamp parse_datetime"),
          Map.entry(
              "strftime(date, '%d.%m.%Y')", "to_char date_format format_date format_datetime"),
          Map.entry(
              "CAST(text AS DOUBLE)", "convert to_number to_decimal to_double str value text bool"),
          Map.entry(
              "TRY_CAST(text AS DOUBLE)", "try_convert try_to_number try_to_decimal safe_cast"),
          Map.entry("to_timestamp(seconds)", "from_unixtime fromunixtime timestamp_seconds"),
          Map.entry("epoch_ms(milliseconds)", "timestamp_millis"),
          Map.entry("epoch(timestamp)", "unix_timestamp unix_seconds"),
          Map.entry("date + INTERVAL 1 DAY", "dateadd adddate add_months timestampadd"),
          Map.entry("date_diff('day', a, b)", "timestampdiff months_between"),
          Map.entry("last_day(date)", "eomonth"),
          Map.entry("make_date(year, month, day)", "datefromparts date_from_parts"),
          Map.entry("day(date)", "dayofmonth"),
          Map.entry("week(date)", "weekofyear isoweek"),
          Map.entry("isodow(date), 1 for Monday", "weekday day_of_week"),
          Map.entry("ifnull(a, b)", "isnull nvl zeroifnull"),
          Map.entry("CASE WHEN ... THEN ... ELSE ... END", "nvl2 decode switch ifs choose"),
          Map.entry("if(condition, a, b)", "iif iff"),
          Map.entry("length(text)", "char_length character_length"),
          Map.entry("strpos(text, part)", "charindex locate find search indexof"),
          Map.entry("substring(text, from, length)", "mid"),
          Map.entry("upper(left(a, 1)) || lower(substring(a, 2))", "initcap proper capitalize"),
          Map.entry("trim(text)", "btrim strip"),
          Map.entry("replace(text, 'a', 'b')", "substitute"),
          Map.entry("trunc(number)", "truncate"),
          Map.entry("a || b", "&"),
          Map.entry("string_split(text, ';')[1]", "split string_to_array split_to_array"),
          Map.entry("split_part(text, ';', 1)", "substring_index"),
          Map.entry("list[1]", "element_at"),
          Map.entry("regexp_extract(text, 'pattern', 1)", "regexp_substr"),
          Map.entry(
              "regexp_matches(text, 'pattern')", "regexp_contains regexp_like regexp rlike ~*"),
          Map.entry(
              "json_extract_string(text, '$.a')",
              "json_value json_query get_json_object json_extract_scalar json_unquote parse_json"),
          Map.entry("sha256(text)", "sha sha2 sha512 hashbytes digest"),
          Map.entry("strip_accents(text)", "unaccent"),
          Map.entry(
              "AT TIME ZONE", "convert_tz convert_timezone from_utc_timestamp to_utc_timestamp"));

  /** Of JSON alone the first element has the number 0. */
  private static final Set<String> JSON = Set.of("->", "json_extract", "json_extract_path");

  /** Which argument, from 0, is a position from 1. */
  private static final Map<String, Integer> POSITIONS =
      Map.of(
          "substring", 1,
          "substr", 1,
          "array_extract", 1,
          "list_extract", 1,
          "list_element", 1,
          "split_part", 2);

  private static final Set<String> FORMATTED = Set.of("strptime", "try_strptime", "strftime");

  /** Not even TRY catches a part that these do not know. */
  private static final Set<String> OF_A_PART =
      Set.of(
          "date_part",
          "datepart",
          "date_trunc",
          "datetrunc",
          "date_diff",
          "datediff",
          "date_sub",
          "datesub");

  private static final Set<String> NULL_IS_LOST =
      Set.of(
          "COMPARE_EQUAL",
          "COMPARE_NOTEQUAL",
          "COMPARE_LESSTHAN",
          "COMPARE_GREATERTHAN",
          "COMPARE_LESSTHANOREQUALTO",
          "COMPARE_GREATERTHANOREQUALTO",
          "COMPARE_NOT_IN");

  /** The sign for a zone's name; a doubled percent sign is a plain one. */
  private static final Pattern ZONE = Pattern.compile("(?<!%)(%%)*%Z");

  private static final Set<String> DECIMALS = Set.of("decimal", "numeric", "dec");
  private static final Pattern DIGITS = Pattern.compile("\\s*\\(\\s*[0-9]");

  private OtherDialects() {}

  /** What to write for a function that the engine does not have, or has for something else. */
  static Optional<String> instead(String function) {
    return INSTEAD.entrySet().stream()
        .filter(entry -> List.of(entry.getValue().split(" ")).contains(function))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  /** Refuses what gives a wrong value for every row. */
  static void requireMeant(ExpressionNode node) throws Refusal {
    List<ExpressionNode> operands = node.operands();
    if (NULL_IS_LOST.contains(node.type()) && operands.stream().anyMatch(ExpressionNode::isNull)) {
      throw refusal("a comparison with NULL is never true: write IS NULL or IS NOT NULL");
    }
    if (node.type().equals("ARRAY_EXTRACT") && isZero(operands, 1) && !isJson(operands.get(0))) {
      throw refusal("elements and characters are counted from 1: [1] is the first");
    }
    String function = node.plainFunction().orElse("");
    if (isZero(operands, POSITIONS.getOrDefault(function, Integer.MAX_VALUE))) {
      throw refusal(function + " counts from 1: 0 is no position");
    }
    if (FORMATTED.contains(function) && operands.size() > 1) {
      requireFormat(function, operands.get(1));
    }
    if (OF_A_PART.contains(function) && !operands.isEmpty() && !isWritten(operands.get(0))) {
      throw refusal(
          "the part that %s takes has to be written, as 'year': a row with another would end the whole run"
              .formatted(function));
    }
  }

  private static boolean isWritten(ExpressionNode node) {
    return node.constant().isPresent()
        || (node.plainFunction().filter("list_value"::equals).isPresent()
            && node.operands().stream().allMatch(OtherDialects::isWritten));
  }

  /** {@code [name]} is a column to some, and a list of it to the engine. */
  static void requireNoBracketedName(ExpressionNode whole) throws Refusal {
    List<ExpressionNode> operands = whole.operands();
    if (whole.plainFunction().filter("list_value"::equals).isPresent()
        && operands.size() == 1
        && operands.get(0).kind().equals("COLUMN_REF")) {
      String name = String.join(".", operands.get(0).columnPath());
      throw refusal("brackets make a list; a column is written " + Sql.identifier(name));
    }
  }

  private static boolean isZero(List<ExpressionNode> operands, int index) {
    return index < operands.size()
        && operands.get(index).constant().filter("0"::equals).isPresent();
  }

  private static boolean isJson(ExpressionNode node) {
    return node.type().equals("ARRAY_EXTRACT")
        ? isJson(node.operands().get(0))
        : node.kind().equals("LAMBDA") || JSON.contains(node.plainFunction().orElse(""));
  }

  private static void requireFormat(String function, ExpressionNode told) throws Refusal {
    List<ExpressionNode> all =
        told.plainFunction().filter("list_value"::equals).isPresent()
            ? told.operands()
            : List.of(told);
    for (ExpressionNode format : all) {
      if (format.constant().filter(text -> !text.contains("%")).isPresent()) {
        throw refusal(
            "the format of %s is written with percent signs, as '%%d.%%m.%%Y %%H:%%M:%%S'"
                .formatted(function));
      }
      if (function.equals("strptime")
          && format.constant().filter(text -> ZONE.matcher(text).find()).isPresent()) {
        throw refusal( // not even TRY catches that
            "with %Z strptime ends the whole run at a zone that it does not know: write"
                + " try_strptime, which gives NULL there");
      }
    }
  }

  /**
   * Why SIMILAR TO is refused with this pattern: the engine takes regular expressions, and in them
   * these two for themselves.
   */
  static Optional<String> patternTrap(String pattern) {
    return pattern.contains("%") || pattern.contains("_")
        ? Optional.of(
            "SIMILAR TO takes a regular expression here, in which % and _ are plain: write LIKE,"
                + " regexp_matches or, for all of the text, regexp_full_match")
        : Optional.empty();
  }

  /**
   * Why a cast is refused to a type that would cut.
   *
   * @param type its first word, in small letters
   * @param rest of the expression behind it
   */
  static Optional<String> typeTrap(String type, String rest) {
    return DECIMALS.contains(type) && !DIGITS.matcher(rest).lookingAt()
        ? Optional.of("a decimal without digits would be cut to three: write decimal(18,4)")
        : Optional.empty();
  }

  private static Refusal refusal(String reason) {
    return new Refusal(reason, Refusal.NOWHERE);
  }
}
