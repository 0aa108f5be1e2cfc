package dev.odyssey.transform;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.poi.ss.usermodel.DateUtil;
import org.apache.poi.xssf.model.StylesTable;
import org.apache.poi.xssf.usermodel.XSSFCellStyle;

/**
 * What a workbook's cell holds, as text: numbers as Excel shows them without a format, to 15
 * digits; dates and times in ISO 8601. Not thread-safe.
 */
final class CellTexts {
  private static final MathContext EXCEL_DIGITS = new MathContext(15);
  private static final int PLAIN_EXPONENT = 40;
  private static final int YEAR_10000 = 2_958_466;
  private static final Pattern INTEGER = Pattern.compile("-?\\d{1,38}");

  /**
   * A date format without its literal texts, which POI takes for a number's where there are any.
   */
  private static final Pattern DATE_LETTERS =
      Pattern.compile("(?=.*[ymdhs])([ymdhsge\\s,.:/-]++|am/pm|a/p)++");

  private static final int LONGEST_FORMAT = 255;

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 3, true)
          .toFormatter();
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd ").append(TIME).toFormatter();

  private enum Kind {
    NUMBER,
    DATE,
    TIMESTAMP,
    TIME,
    DURATION
  }

  private final StylesTable styles;
  private final boolean from1904;
  private final SharedTexts shared;
  private final Map<Integer, Kind> kinds = new HashMap<>();

  CellTexts(StylesTable styles, boolean from1904, SharedTexts shared) {
    this.styles = styles;
    this.from1904 = from1904;
    this.shared = shared;
  }

  String shared(String index) {
    return shared.text(Integer.parseInt(index.strip()));
  }

  /**
   * @param raw as in the file; given back as it is where it is no number
   * @param style its number in the workbook; -1 for none
   */
  String number(String raw, int style) {
    String text = raw.strip();
    BigDecimal value;
    try {
      value = new BigDecimal(text);
    } catch (NumberFormatException e) {
      return text;
    }
    Kind kind = kinds.computeIfAbsent(style, this::kind);
    double days = value.doubleValue();
    return kind == Kind.NUMBER || !DateUtil.isValidExcelDate(days) || days >= YEAR_10000
        ? plain(value, text)
        : time(days, kind);
  }

  /** Whole numbers keep every digit that the file has, should another program have written them. */
  private static String plain(BigDecimal value, String text) {
    if (INTEGER.matcher(text).matches()) {
      return text;
    }
    BigDecimal shown = value.round(EXCEL_DIGITS).stripTrailingZeros();
    boolean plain = Math.abs((long) shown.scale()) <= PLAIN_EXPONENT;
    return shown.signum() == 0 ? "0" : plain ? shown.toPlainString() : shown.toString();
  }

  private String time(double days, Kind kind) {
    if (kind == Kind.DURATION) {
      long seconds = Math.round(days * 86_400);
      return "%02d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
    }
    LocalDateTime time = DateUtil.getLocalDateTime(days, from1904);
    if (kind == Kind.TIME && days < 1) {
      return TIME.format(time);
    }
    boolean midnight = time.toLocalTime().equals(LocalTime.MIDNIGHT);
    return kind == Kind.DATE && midnight ? time.toLocalDate().toString() : TIMESTAMP.format(time);
  }

  /**
   * @param letters without literal texts
   */
  private static boolean isDateFormat(String letters) {
    String plain = letters.replaceAll("\\[[^\\]]*\\]|;.*", "").replaceAll("s\\.0+", "s");
    return plain.length() <= LONGEST_FORMAT && DATE_LETTERS.matcher(plain).matches();
  }

  private Kind kind(int style) {
    if (style < 0 || style >= styles.getNumCellStyles()) {
      return Kind.NUMBER;
    }
    XSSFCellStyle cell = styles.getStyleAt(style);
    String format = cell.getDataFormatString();
    if (format == null) {
      return Kind.NUMBER;
    }
    String letters = format.toLowerCase(Locale.ROOT).replaceAll("\"[^\"]*\"|\\\\.", "");
    if (!DateUtil.isADateFormat(cell.getDataFormat(), format) && !isDateFormat(letters)) {
      return Kind.NUMBER;
    }
    if (letters.matches(".*\\[(h+|m+|s+)\\].*")) {
      return Kind.DURATION;
    }
    letters = letters.replaceAll("\\[[^\\]]*\\]", "");
    boolean clock = letters.contains("h") || letters.contains("s");
    boolean day =
        letters.contains("y") || letters.contains("d") || (!clock && letters.contains("m"));
    return day ? clock ? Kind.TIMESTAMP : Kind.DATE : Kind.TIME;
  }
}
