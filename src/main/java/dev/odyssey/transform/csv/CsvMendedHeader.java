package dev.odyssey.transform.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A header that a dialect breaks, or that is written in another one than the rows. */
record CsvMendedHeader(CsvSample sample, CsvDialect dialect) {
  private List<CsvSample.Row> rows() {
    return sample.rows();
  }

  /**
   * With the header, where it is only its quotes that break it: names can do without them; or where
   * it is written with another delimiter than the rows.
   */
  CsvSample mended() {
    int width = sample.width();
    int table = 0;
    while (table < rows().size() && rows().get(table).cells().size() != width) {
      table++;
    }
    if (table == rows().size() || width < 2) {
      return sample;
    }
    String splitter = dialect.isAligned() ? CsvDialect.BLANKS : Pattern.quote(dialect.delimiter());
    boolean bare =
        !CsvHeaderRows.isHeaderLike(rows().get(table))
            && !new CsvHeaderRows(rows(), width).hasPeriods(table);
    for (CsvSample.Broken fault : sample.broken()) {
      CsvSample.Row header = names(fault.line(), fault.line() + 1, fault.text(), splitter);
      long below = rows().get(table).line() - fault.line();
      if (isHeader(header, width) ? below > 0 : bare && below == 1 && isNearly(header, width)) {
        List<CsvSample.Row> mended = new ArrayList<>(rows());
        mended.add(table, header);
        return new CsvSample(
            mended, sample.broken().stream().filter(other -> !other.equals(fault)).toList());
      }
    }
    return bare && table > 0 ? withCutHeader(table, splitter) : sample;
  }

  /** With the narrow row above the table, cut as it can be that it has a name for each column. */
  private CsvSample withCutHeader(int table, String splitter) {
    CsvSample.Row row = rows().get(table - 1);
    String whole = String.join(dialect.delimiter(), row.cells());
    String line = CsvNotes.FIELDS.matcher(whole).replaceFirst("");
    boolean quoted = !dialect.quote().isEmpty() && line.contains(dialect.quote());
    List<String> splitters = new ArrayList<>(quoted ? List.of(splitter) : List.of());
    if (row.cells().size() == 1 && sample.width() > 2) {
      CsvDialects.COMMON.forEach(sign -> splitters.add(Pattern.quote(sign)));
      splitters.addAll(line.equals(whole) ? List.of() : List.of(CsvDialect.BLANKS));
    }
    for (String sign : splitters) {
      CsvSample.Row header = names(row.line(), row.nextLine(), line, sign);
      if (isHeader(header, sample.width())
          && header.cells().stream().distinct().count() == sample.width()) {
        List<CsvSample.Row> mended = new ArrayList<>(rows());
        mended.set(table - 1, header);
        return new CsvSample(mended, sample.broken());
      }
    }
    return sample;
  }

  private CsvSample.Row names(long line, long nextLine, String text, String splitter) {
    return new CsvSample.Row(
        line,
        nextLine,
        Stream.of(text.replace(dialect.quote(), "").split(splitter, -1))
            .map(String::strip)
            .toList());
  }

  private static boolean isHeader(CsvSample.Row row, int width) {
    return row.cells().size() == width && isNearly(row, width);
  }

  /** Names, though they may be too few. */
  private static boolean isNearly(CsvSample.Row row, int width) {
    int size = row.cells().size();
    return size <= width
        && size * 2 > width
        && row.filled() == size
        && CsvHeaderRows.isHeaderLike(row);
  }
}
