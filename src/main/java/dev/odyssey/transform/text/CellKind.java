package dev.odyssey.transform.text;

import java.util.List;
import java.util.regex.Pattern;

/** What a text looks like, for guessing a dialect and a header. Stateless. */
public enum CellKind {
  EMPTY,
  NUMBER,
  DATE,
  /** Words, names, codes, addresses of mail and web: what a cell may well be. */
  WORDS,
  /** Anything else, such as a piece of a record that was cut at the wrong place. */
  ODD;

  /** Words that people write where there is no value. */
  public static final List<String> NOTHING =
      List.of("null", "n/a", "na", "#n/a", "none", "nil", "-", "--", "?", "\\n", "nan");

  private static final Pattern NUMBERS =
      Pattern.compile(
          "[-+(]?[$€£¥]?\\s?[-+]?(\\d[\\d.,'\\u00a0\\u202f"
              + " ]*|[.,]\\d+)([eE][-+]?\\d+)?\\s?[%$€£¥)]?");

  /** In English, as banks and offices of statistics write it. */
  private static final String MONTH =
      "(Jan(uary)?|Feb(ruary)?|Mar(ch)?|Apr(il)?|May|June?|July?|Aug(ust)?|Sept?(ember)?|Oct(ober)?"
          + "|Nov(ember)?|Dec(ember)?)";

  private static final Pattern DATES =
      Pattern.compile(
          "(?i)(\\d{1,2}[- ]"
              + MONTH
              + "[- ](\\d{2}|\\d{4})|"
              + MONTH
              + " \\d{1,2}, ?\\d{4})( \\d{1,2}:\\d{2}(:\\d{2})?( ?[AP]M)?)?"
              + "|\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}(["
              + " T]\\d{1,2}:\\d{2}.*)?|\\d{1,2}:\\d{2}(:\\d{2}(\\.\\d+)?)?( ?[AaPp][Mm])?");

  /** With what joins and varies them. */
  private static final String EMOJI =
      "\\x{1f000}-\\x{1faff}\\x{2600}-\\x{27bf}\\x{200d}\\x{20e3}\\x{fe0f}\\x{e0020}-\\x{e007f}";

  private static final Pattern WORD =
      Pattern.compile(
          "[\\p{L}\\p{N}"
              + EMOJI
              + "(\\[#@\\\\/](["
              + EMOJI
              + "\\p{L}\\p{M}\\p{N}\\p{Sc} ._/()\\[\\]%#@&+'’!?\\\\-]|: |,"
              + " )*|(https?|ftp|s3)://\\S+|\\p{L}[\\w.-]*[:=]\\S+");

  /** A text may have such words. */
  private static final Pattern QUOTED_WORDS = Pattern.compile("(?<= )\"[^\"]*\"(?= |$)");

  private static final int LONGEST = 200;

  public static CellKind of(String cell) {
    String text = cell.strip();
    if (text.isEmpty()) {
      return EMPTY;
    }
    if (text.length() > LONGEST) {
      return ODD;
    }
    boolean hasDigit = text.chars().anyMatch(c -> c >= '0' && c <= '9');
    if (hasDigit && NUMBERS.matcher(text).matches()) {
      return NUMBER;
    }
    if (hasDigit && DATES.matcher(text).matches()) {
      return DATE;
    }
    String words = text.indexOf('"') < 0 ? text : QUOTED_WORDS.matcher(text).replaceAll("");
    return WORD.matcher(words).matches() ? WORDS : ODD;
  }

  public boolean isValue() {
    return this == NUMBER || this == DATE;
  }
}
