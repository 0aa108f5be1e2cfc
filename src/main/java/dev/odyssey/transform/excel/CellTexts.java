package dev.odyssey.transform.excel;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.util.HashMap;
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
  private static final int MAX_WHOLE_DIGITS = 17;
  private static final int PLAIN_EXPONENT = 40;
  private static final int YEAR_10000 = 2_958_466;
  private static final int DAYS_TO_1904 = 1_462;

  /** Excel shows 0 as the day before January 1, 1900: what a formula makes of an empty cell. */
  private static final String ZERO_DATE = "0000-00-00";

  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final Pattern INTEGER = Pattern.compile("-?\\d{1,38}");

  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .toFormatter();
  private static final DateTimeFormatter TIMESTAMP =
      new DateTimeFormatterBuilder().appendPattern("uuuu-MM-dd ").append(TIME).toFormatter();

  private final StylesTable styles;
  private final boolean from1904;
  private final SharedTexts shared;
  private final Map<Integer, CellFormat> formats = new HashMap<>();
  private final Map<Integer, Integer> leastDigits = new HashMap<>();

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
    CellFormat format = formats.computeIfAbsent(style, this::format);
    double days = value.doubleValue();
    if (format == CellFormat.DURATION && Math.abs(days) < YEAR_10000) {
      return duration(days);
    }
    if (format == CellFormat.NUMBER) {
      return padded(plain(value, text), leastDigits.computeIfAbsent(style, this::leastDigits));
    }
    if (days == 0 && format.hasDay() && !from1904) {
      return ZERO_DATE;
    }
    return !DateUtil.isValidExcelDate(days) || days >= endOfDays()
        ? plain(value, text)
        : time(days, format);
  }

  /** The first that no date is. */
  private int endOfDays() {
    return from1904 ? YEAR_10000 - DAYS_TO_1904 : YEAR_10000;
  }

  /**
   * A date in ISO 8601, as some programs write it, like the number of days that stands for it.
   *
   * @param style its number in the workbook; -1 for none
   */
  String date(String raw, int style) {
    String text = raw.strip();
    try {
      return text(LocalDateTime.parse(text), formats.computeIfAbsent(style, this::format));
    } catch (DateTimeParseException e) {
      return text.replaceFirst("T", " ");
    }
  }

  /** Whole numbers keep every digit that the file has, should another program have written them. */
  private static String plain(BigDecimal value, String text) {
    if (INTEGER.matcher(text).matches()) {
      return text;
    }
    BigDecimal exact = value.stripTrailingZeros();
    if (exact.scale() <= 0 && exact.precision() - (long) exact.scale() <= MAX_WHOLE_DIGITS) {
      return exact.toPlainString();
    }
    BigDecimal shown = value.round(EXCEL_DIGITS).stripTrailingZeros();
    boolean plain = Math.abs((long) shown.scale()) <= PLAIN_EXPONENT;
    return shown.signum() == 0 ? "0" : plain ? shown.toPlainString() : shown.toString();
  }

  private static String padded(String number, int digits) {
    return number.length() < digits && DIGITS.matcher(number).matches()
        ? "0".repeat(digits - number.length()) + number
        : number;
  }

  private String time(double days, CellFormat format) {
    LocalDateTime time = DateUtil.getLocalDateTime(days, from1904);
    return days < 1 && !format.hasDay() ? TIME.format(time) : text(time, format);
  }

  private static String text(LocalDateTime time, CellFormat format) {
    boolean midnight = time.toLocalTime().equals(LocalTime.MIDNIGHT);
    boolean day = format == CellFormat.DATE || format == CellFormat.DATE_OR_TIME;
    return midnight && day ? time.toLocalDate().toString() : TIMESTAMP.format(time);
  }

  /** To the millisecond; there may be more than 24 hours, and less than none. */
  private static String duration(double days) {
    long millis = Math.round(Math.abs(days) * 86_400_000);
    String clock =
        "%02d:%02d:%02d".formatted(millis / 3_600_000, millis / 60_000 % 60, millis / 1000 % 60);
    String fraction = millis % 1000 == 0 ? "" : ".%03d".formatted(millis % 1000);
    return (days < 0 && millis > 0 ? "-" : "") + clock + fraction.replaceFirst("0+$", "");
  }

  private int leastDigits(int style) {
    return isKnown(style)
        ? CellFormat.leastDigits(styles.getStyleAt(style).getDataFormatString())
        : 0;
  }

  private boolean isKnown(int style) {
    return style >= 0 && style < styles.getNumCellStyles();
  }

  private CellFormat format(int style) {
    if (!isKnown(style)) {
      return CellFormat.NUMBER;
    }
    XSSFCellStyle cell = styles.getStyleAt(style);
    return CellFormat.of(cell.getDataFormat(), cell.getDataFormatString());
  }
}
