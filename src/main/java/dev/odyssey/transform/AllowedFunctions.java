package dev.odyssey.transform;

import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The functions that a {@code transform} may call; docs/transform.md explains them. All are scalar,
 * deterministic, without side effects, and their result is at most in proportion to their input.
 */
final class AllowedFunctions {
  private static final String OPERATORS =
      "+ - * / // % ** ^ || ~~ !~~ ~~* !~~* ~~~ like_escape not_like_escape ilike_escape"
          + " not_ilike_escape";
  private static final String TEXTS =
      "upper ucase lower lcase trim ltrim rtrim length len strlen substring substr left right"
          + " replace translate concat concat_ws contains starts_with prefix ends_with suffix"
          + " position strpos instr reverse split_part string_split str_split"
          + " string_split_regex regexp_replace regexp_extract regexp_matches"
          + " regexp_full_match lpad rpad strip_accents nfc_normalize ascii chr unicode initcap"
          + " array_extract list_extract list_element";
  private static final String NUMBERS =
      "abs sign round trunc ceil ceiling floor mod pow power sqrt exp ln log log2 log10 greatest"
          + " least isnan isfinite isinf divide multiply add subtract fmod";
  private static final String CONDITIONS = "nullif ifnull if";
  private static final String DATES =
      "strptime try_strptime strftime date_trunc datetrunc date_part datepart date_diff datediff"
          + " date_add date_sub make_date make_timestamp make_time year month day hour minute second"
          + " quarter week dayofweek dayofyear isodow last_day epoch epoch_ms epoch_us to_timestamp"
          + " timezone to_years to_months to_weeks to_days to_hours to_minutes to_seconds"
          + " to_milliseconds to_microseconds monthname dayname";
  private static final String JSON =
      "json_extract json_extract_string json_extract_path json_extract_path_text json_value"
          + " json_exists json_array_length json_valid json_type -> ->>";
  private static final String HASHES = "md5 sha1 sha256 hex unhex base64 to_base64 from_base64";

  static final Set<String> ALL =
      Stream.of(OPERATORS, TEXTS, NUMBERS, CONDITIONS, DATES, JSON, HASHES)
          .flatMap(names -> Stream.of(names.split(" ")))
          .collect(Collectors.toUnmodifiableSet());

  /** These make a text of any length from a number, so the number must be a small constant. */
  static final Set<String> PADDING = Set.of("lpad", "rpad");

  private AllowedFunctions() {}
}
