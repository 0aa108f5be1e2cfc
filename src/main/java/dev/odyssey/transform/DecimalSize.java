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

  /** True where its text is dear, and has a digit before the point. */
  boolean isPrintedSlowly() {
    return isWide() && whole() > 0;
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

  /**
   * A decimal's text, without zeros behind the last digit that matters. Compared, since a cast that
   * fails takes longer than the text.
   */
  String shortestText(String value) {
    String text = value + "::VARCHAR";
    if (isWide() && scale < NARROW) {
      String narrow = "DECIMAL(" + NARROW + "," + scale + ")";
      text =
          "CASE WHEN %1$s BETWEEN '-%2$s'::%3$s AND '%2$s'::%3$s THEN %4$s::VARCHAR ELSE %5$s END"
              .formatted(value, nines(NARROW - scale), narrow, cast(value, narrow), text);
    }
    return scale == 0 ? text : "regexp_replace(" + text + ", '\\.?0+$', '')";
  }

  /** The greatest number of so many digits before the point, and of the scale behind it. */
  private String nines(int whole) {
    return "9".repeat(whole) + (scale == 0 ? "" : "." + "9".repeat(scale));
  }

  private static String cast(String value, String type) {
    return "TRY_CAST(" + value + " AS " + type + ")";
  }
}
