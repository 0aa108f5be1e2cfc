package dev.odyssey.transform.csv;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Tells where the sign that cuts rows best stands in the values of a single column: as in
 * addresses, times and amounts. Stateless.
 */
final class CsvOneColumn {
  private static final String IN_VALUES = " :@#&%+!?$€£=*<>[]{}";

  /** A point in time, an address of the web or of mail, a number as {@code 1.5e+02}. */
  private static final Pattern WHOLE =
      Pattern.compile(
          "(\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}[ T])?\\d{1,2}:\\d{2}(:\\d{2}([.,]\\d+)?)?"
              + " ?(Z|UTC|GMT|[AaPp][Mm]|[-+]\\d{2}:?\\d{2})?"
              + "|(https?|ftp|s3)://\\S+|[^\\s@]+@[^\\s@]+\\.\\p{L}+"
              + "|[-+]?(\\d+\\.?\\d*|\\.\\d+)[eE][-+]?\\d+");

  private CsvOneColumn() {}

  /**
   * @param mayHaveName false where the first row is told to be no header
   */
  static boolean isCut(CsvDialect dialect, CsvSample sample, boolean mayHaveName) {
    List<CsvSample.Row> rows = sample.rows();
    if (rows.size() < 2 || !(dialect.isBlank() || IN_VALUES.contains(dialect.delimiter()))) {
      return false;
    }
    boolean named = rows.get(0).cells().size() == 1;
    List<CsvSample.Row> values = named ? rows.subList(1, rows.size()) : rows;
    return isWhole(dialect, values)
        || (named
            && mayHaveName
            && isCutUnderName(dialect, new CsvHeaderRows(rows, sample.width())));
  }

  private static boolean isWhole(CsvDialect dialect, List<CsvSample.Row> rows) {
    String sign = dialect.isAligned() ? " " : dialect.delimiter();
    return rows.stream()
        .map(row -> String.join(sign, row.cells()).strip())
        .allMatch(value -> WHOLE.matcher(value).matches());
  }

  /** No title: nothing below is a header over values; and no numbers that blanks keep apart. */
  private static boolean isCutUnderName(CsvDialect dialect, CsvHeaderRows shapes) {
    List<CsvSample.Row> values = shapes.rows().subList(1, shapes.rows().size());
    long cut = values.stream().filter(row -> row.cells().size() > 1).count();
    boolean words = values.stream().allMatch(CsvHeaderRows::isHeaderLike);
    return cut >= values.size() * 0.9 && (words || !(dialect.isBlank() || shapes.isHeader(1)));
  }
}
