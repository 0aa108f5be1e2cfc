package dev.odyssey.transform.expression;

import dev.odyssey.transform.text.Names;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The functions that a {@code transform} may call; docs/transform.md explains each, and a test
 * keeps the two alike. All are scalar, deterministic and without side effects; {@link
 * ExpressionSize} keeps their result in proportion to the row.
 */
public final class AllowedFunctions {
  /** Numbers, dates, truth values and hashes: small whatever the input. */
  private static final String SMALL =
      "+ - * / // % ** ^ ~~ !~~ ~~* !~~* ~~~ like_escape not_like_escape ilike_escape"
          + " not_ilike_escape abs sign round trunc ceil ceiling floor mod pow power sqrt exp ln log"
          + " log2 log10 isnan isfinite isinf divide multiply add subtract fmod"
          + " length len strlen contains starts_with prefix ends_with suffix position strpos instr"
          + " regexp_matches regexp_full_match ascii chr unicode strptime try_strptime date_trunc"
          + " datetrunc date_part datepart date_diff datediff date_add date_sub make_date"
          + " make_timestamp make_time year month day hour minute second quarter week dayofweek"
          + " dayofyear isodow last_day epoch epoch_ms epoch_us to_timestamp timezone to_years"
          + " to_months to_weeks to_days to_hours to_minutes to_seconds to_milliseconds"
          + " to_microseconds monthname dayname json_exists json_array_length json_valid json_type"
          + " md5 sha1 sha256 list_contains array_contains list_position array_length";

  /** Texts and lists made of their arguments, each used once. */
  private static final String JOINED =
      "|| upper ucase lower lcase trim ltrim rtrim substring substr left right concat reverse"
          + " split_part regexp_extract strip_accents greatest least nullif ifnull if"
          + " json_extract json_extract_string json_extract_path json_extract_path_text"
          + " -> ->> json_keys unhex from_base64 url_decode array_extract list_extract list_element"
          + " list_slice array_slice list_sort list_reverse_sort list_reverse list_distinct"
          + " list_concat list_value";

  /** Texts and lists that may be so many times as large as their arguments, in bytes. */
  static final Map<String, Integer> FACTORS =
      Map.ofEntries(
          Map.entry("hex", 2),
          Map.entry("base64", 2),
          Map.entry("to_base64", 2),
          Map.entry("url_encode", 3),
          Map.entry("nfc_normalize", 3),
          Map.entry("translate", 4),
          Map.entry("to_json", 6),
          Map.entry("string_split", 17),
          Map.entry("str_split", 17),
          Map.entry("string_split_regex", 17),
          Map.entry("regexp_extract_all", 17));

  /** Texts whose size {@link ExpressionSize} works out from their constants. */
  private static final String MEASURED =
      "replace regexp_replace lpad rpad concat_ws array_to_string strftime";

  static final Set<String> WITH_SMALL_RESULTS = words(SMALL);
  public static final Set<String> ALL =
      Stream.of(WITH_SMALL_RESULTS, words(JOINED), FACTORS.keySet(), words(MEASURED))
          .flatMap(Set::stream)
          .collect(Collectors.toUnmodifiableSet());

  /** Bit i: argument i, from 0, must be a constant, to bound the result or to be compiled once. */
  public static final Map<String, Integer> CONSTANT_ARGUMENTS =
      Map.ofEntries(
          Map.entry("replace", 0b110),
          Map.entry("regexp_replace", 0b1110),
          Map.entry("regexp_extract", 0b1110),
          Map.entry("regexp_extract_all", 0b1110),
          Map.entry("regexp_matches", 0b110),
          Map.entry("regexp_full_match", 0b110),
          Map.entry("string_split_regex", 0b110),
          Map.entry("lpad", 0b110),
          Map.entry("rpad", 0b110),
          Map.entry("array_to_string", 0b10),
          Map.entry("array_length", 0b10),
          Map.entry("timezone", 0b1),
          Map.entry("strftime", 0b10));

  /**
   * How many arguments there must be for {@link ExpressionSize} to measure; 0 where it need not.
   */
  static final Map<String, Integer> FEWEST_ARGUMENTS =
      Map.of(
          "replace", 3,
          "regexp_replace", 3,
          "lpad", 3,
          "rpad", 3,
          "strftime", 2,
          "array_to_string", 2,
          "concat_ws", 1);

  public static final Set<String> JSON_PATHS =
      words(
          "json_extract json_extract_string json_extract_path json_extract_path_text"
              + " json_exists json_array_length json_type json_keys -> ->>");

  /** The engine's macros: it writes their arguments into their body twice. */
  public static final Set<String> COPYING = words("nullif fmod split_part array_to_string");

  private static final Map<String, Set<String>> ADVICE =
      Map.of(
          "a transform depends on the row alone; $_timestamp says when the row was read",
              words(
                  "now today current_date current_timestamp current_time age get_current_time"
                      + " getdate getutcdate curdate curtime sysdate sysdatetime systimestamp"
                      + " localtime localtimestamp utc_timestamp"),
          "a transform gives the same for the same row; sha256 of columns makes an id",
              words("random uuid gen_random_uuid uuidv4 uuidv7 nextval setseed"),
          "a transform sees one row; count and sum in a model",
              words(
                  "sum count count_star avg min max string_agg array_agg first last list any_value mode"),
          "lpad and rpad make texts of a given length",
              words("repeat printf format bar array_resize list_resize range generate_series"),
          "it reads no file: the stream's source is the only one",
              words(
                  "read_csv read_csv_auto read_text read_blob read_parquet read_json glob getenv"));

  private AllowedFunctions() {}

  /** What to do instead of a function that is not on the list, as the end of a sentence. */
  static String advice(String name) {
    String told = special(name);
    return told.isEmpty()
        ? OtherDialects.instead(name)
            .map(instead -> "; write " + instead)
            .or(() -> Names.nearest(ALL, name).map(n -> "; is it " + n + "?"))
            .orElse("")
        : told;
  }

  /** The same for what no transform can have; such as CURRENT_DATE are written without brackets. */
  static String special(String name) {
    String small = name.toLowerCase(Locale.ROOT);
    return ADVICE.entrySet().stream()
        .filter(advice -> advice.getValue().contains(small))
        .map(advice -> "; " + advice.getKey())
        .findFirst()
        .orElse("");
  }

  private static Set<String> words(String names) {
    return Set.of(names.split(" "));
  }
}
