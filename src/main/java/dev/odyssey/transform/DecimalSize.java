package dev.odyssey.transform;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A type {@code DECIMAL(digits,scale)} and the SQL that makes one of a text. The engine computes
 * with up to 18 digits in 64 bits; with more it takes microseconds for a text, so that those are
 * read and written in 64 bits where they fit.
 */
record DecimalSize(int digits, int scale) {
  private static final Pattern SQL = Pattern.compile("DECIMAL\\((\\d+),(\\d+)\\)");
  private static final int NARROW = 18;

  /** Empty for any other type, also for a list of decimals. */
  static Optional<DecimalSize> of(String sql) {
    Matcher matcher = SQL.matcher(sql);
    return matcher.matches()
        ? Optional.of(
            new DecimalSize(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  String sql() {
    return "DECIMAL(" + digits + "," + scale + ")";
  }

  /** True where the engine needs 128 bits. */
  boolean isWide() {
    return digits > NARROW;
  }

  /** The text's value, rounded to the scale; NULL where it has none or does not fit. */
  String fromText(String text) {
    return withoutExponent("without_exponent(" + text + ")");
  }

  /** As {@link #fromText}, of a text in which no exponent matters. */
  String withoutExponent(String text) {
    String whole = cast(text, sql());
    if (!isWide()) {
      return whole;
    }
    Stream<String> narrow =
        scale <= NARROW
            ? Stream.of(cast(text, "DECIMAL(" + NARROW + "," + scale + ")"))
            : Stream.of(15, 17).map(fewer -> narrow(text, fewer));
    return Stream.concat(narrow, Stream.of(whole))
        .collect(Collectors.joining(", ", "coalesce(", ")"));
  }

  /** For a text of fewer digits behind the point than the scale has. */
  private String narrow(String text, int fewer) {
    return "CASE WHEN fits_scale(%s, %d) THEN %s END"
        .formatted(text, fewer, cast(cast(text, "DECIMAL(" + NARROW + "," + fewer + ")"), sql()));
  }

  /** A decimal's text, without zeros behind the last digit that matters. */
  String shortestText(String value) {
    String text = value + "::VARCHAR";
    if (isWide() && scale < NARROW) {
      String narrow = cast(value, "DECIMAL(" + NARROW + "," + scale + ")");
      text = "coalesce(" + narrow + "::VARCHAR, " + text + ")";
    }
    return scale == 0 ? text : "regexp_replace(" + text + ", '\\.?0+$', '')";
  }

  private static String cast(String value, String type) {
    return "TRY_CAST(" + value + " AS " + type + ")";
  }
}
