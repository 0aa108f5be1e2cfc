package dev.odyssey.transform.engine;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A type {@code DECIMAL(digits,scale)} and the SQL that makes one of a text. The engine computes
 * with up to 18 digits in 64 bits; with more it takes microseconds for a text, up to forty.
 */
public record DecimalSize(int digits, int scale) {
  private static final Pattern SQL = Pattern.compile("DECIMAL\\((\\d+),(\\d+)\\)");
  private static final int NARROW = 18;

  /** Empty for any other type, also for a list of decimals. */
  public static Optional<DecimalSize> of(String sql) {
    Matcher matcher = SQL.matcher(sql);
    return matcher.matches()
        ? Optional.of(
            new DecimalSize(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
        : Optional.empty();
  }

  public String sql() {
    return "DECIMAL(" + digits + "," + scale + ")";
  }

  /** Digits before the point. */
  public int whole() {
    return digits - scale;
  }

  /** True where numbers of as many digits before and behind the point fit. */
  public boolean holds(long otherWhole, long otherScale) {
    return otherWhole <= whole() && otherScale <= scale;
  }

  public boolean holds(DecimalSize other) {
    return holds(other.whole(), other.scale);
  }

  /** True where the engine needs 128 bits. */
  public boolean isWide() {
    return digits > NARROW;
  }

  /** Of as many digits behind the point in 64 bits, where that is less and leaves one before it. */
  Optional<DecimalSize> narrow() {
    return isWide() && scale < NARROW
        ? Optional.of(new DecimalSize(NARROW, scale))
        : Optional.empty();
  }

  /** The greatest there is. */
  String nines() {
    return "9".repeat(whole()) + (scale == 0 ? "" : "." + "9".repeat(scale));
  }

  /** True where DECIMAL(18,4) holds every value. */
  public boolean isShort() {
    return whole() <= 14 && scale <= 4;
  }

  /** The text's value, rounded to the scale; NULL where it has none or does not fit. */
  public String fromText(String text) {
    return fromPlainText("without_exponent(" + text + ")");
  }

  /** As {@link #fromText}, of a text in which no exponent matters. */
  public String fromPlainText(String text) {
    return isWide()
        ? DecimalMacros.call("read", this, text)
        : "TRY_CAST(" + text + " AS " + sql() + ")";
  }

  /** As DECIMAL(18,4), where that holds the value; NULL elsewhere. */
  public String shortValue(String value) {
    return DecimalMacros.call("short", this, value);
  }

  /** The text of a value that has no {@link #shortValue}, without zeros at its end. */
  public String longText(String value) {
    return DecimalMacros.call("long", this, value);
  }
}
