package dev.odyssey.transform.excel;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.poi.ss.usermodel.DateUtil;

/**
 * What a cell's number format makes of its number: ECMA-376, part 1, 18.8.30 and 18.8.31.
 * Stateless.
 */
enum CellFormat {
  NUMBER,
  DATE,
  TIMESTAMP,
  TIME,
  /** A time below one day, a date at midnight, else both. */
  DATE_OR_TIME,
  DURATION;

  /**
   * Dates and times of East Asia that have no text in the file; which are which, the locale says.
   */
  private static final Set<Integer> EAST_ASIAN =
      Set.of(27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 50, 51, 52, 53, 54, 55, 56, 57, 58);

  /** Texts, escaped and padding characters, what no ASCII letter says, and the calendar's name. */
  private static final Pattern LITERALS =
      Pattern.compile("\"[^\"]*\"|[\\\\_*].|[^\\x00-\\x7f]|(?<=^|])b[12](?=[ymdh])");

  private static final Pattern ELAPSED = Pattern.compile("\\[(h+|m+|s+)\\]");
  private static final Pattern BRACKETS = Pattern.compile("\\[[^\\]]*\\]");
  private static final Pattern FRACTION = Pattern.compile("s[.,]0+");

  /** With weekdays, eras and the years of eras. */
  private static final Pattern DATE_LETTERS =
      Pattern.compile("(?=.*[ymdhs])(am/pm|a/p|aaaa?|bb(bb)?|[ymdhsgetz\\s,.:/()'-])++");

  private static final Pattern ZEROS = Pattern.compile("0{2,40}");
  private static final int LONGEST = 255;

  /**
   * @param id of the format in the workbook; those below 164 are built in
   * @param text null where the workbook has none
   */
  static CellFormat of(int id, String text) {
    String letters =
        text == null ? "" : LITERALS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll("");
    String section = firstSection(letters);
    if (ELAPSED.matcher(section).find()) {
      return DURATION;
    }
    section = BRACKETS.matcher(section).replaceAll("");
    String plain = FRACTION.matcher(section).replaceAll("s");
    boolean dates = plain.length() <= LONGEST && DATE_LETTERS.matcher(plain).matches();
    if (!dates && !DateUtil.isInternalDateFormat(id)) {
      return EAST_ASIAN.contains(id) && isReserved(text) ? DATE_OR_TIME : NUMBER;
    }
    boolean clock = section.contains("h") || section.contains("s");
    boolean day =
        section.contains("y") || section.contains("d") || (!clock && section.contains("m"));
    return day ? clock ? TIMESTAMP : DATE : TIME;
  }

  /**
   * How many digits it gives a whole number at least, as {@code 00000} does for postal codes; 0 for
   * a format that says more than this.
   */
  static int leastDigits(String text) {
    return text != null && ZEROS.matcher(text).matches() ? text.length() : 0;
  }

  /** POI's word for a built-in format that depends on the locale. */
  private static boolean isReserved(String text) {
    return text == null || text.startsWith("reserved-");
  }

  /** That with signs for a value: zeros may be hidden by one without. */
  private static String firstSection(String letters) {
    for (String section : letters.split(";", -1)) {
      if (!BRACKETS.matcher(section).replaceAll("").isBlank() || ELAPSED.matcher(section).find()) {
        return section;
      }
    }
    return "";
  }

  boolean hasDay() {
    return this == DATE || this == TIMESTAMP;
  }
}
