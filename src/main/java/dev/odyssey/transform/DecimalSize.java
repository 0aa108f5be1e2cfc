package dev.odyssey.transform;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A type {@code DECIMAL(digits,scale)} and the SQL that makes one of a text. The engine computes
 * with up to 18 digits in 64 bits; with more it takes microseconds for a text, up to forty, so that
 * those are read and written in 64 bits where they fit, or read as integers.
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

  /** Digits before the point. */
  int whole() {
    return digits - scale;
  }

  /** True where numbers of as many digits before and behind the point fit. */
  boolean holds(long otherWhole, long otherScale) {
    return otherWhole <= whole() && otherScale <= scale;
  }

  boolean holds(DecimalSize other) {
    return holds(other.whole(), other.scale);
  }

  /** True where the engine needs 128 bits. */
  boolean isWide() {
    return digits > NARROW;
  }

  /** The text's value, rounded to the scale; NULL where it has none or does not fit. */
  String fromText(String text) {
    return fromPlainText("without_exponent(" + text + ")");
  }

  /** As {@link #fromText}, of a text in which no exponent matters. */
  String fromPlainText(String text) {
    String whole = cast(text, sql());
    if (!isWide()) {
      return whole;
    }
    String narrow =
        scale < NARROW ? cast(text, "DECIMAL(" + NARROW + "," + scale + ")") + ", " : "";
    String one = scale == 0 ? "1" : "0." + "0".repeat(scale - 1) + "1";
    String exact =
        "%s * '%s'::DECIMAL(%d,%d)"
            .formatted(
                cast("scaled(" + text + ", " + scale + ")", "DECIMAL(38,0)"),
                one,
                Math.max(scale, 1),
                scale);
    return "coalesce(" + narrow + cast(exact, sql()) + ", " + whole + ")";
  }

  /** The nearest decimal of four digits behind the point; NULL where DECIMAL(18,4) holds none. */
  String fourDigits(String value) {
    if (!isWide()) {
      return cast(value, "DECIMAL(18,4)");
    }
    String below = whole() <= 9 ? "_below_1e9" : whole() <= 14 ? "_below_1e14" : "";
    return "four_digits" + below + "(" + value + ")";
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
