package dev.odyssey.transform.excel;

import dev.odyssey.transform.options.SourceOption;
import dev.odyssey.transform.options.SourceOptions;
import dev.odyssey.transform.rows.RowsWriter;
import dev.odyssey.transform.text.Names;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The table in a sheet: finds its header, below titles and remarks, and writes the rows under it.
 * Holds the first rows until the header is clear. Not thread-safe.
 */
final class SheetTable {
  private static final int NONE = SheetHeader.NONE;
  private static final int SAMPLE_ROWS = 100;
  private static final int SAMPLE_CHARS = 4 << 20;

  private static final String SECOND_HEADER =
      "Row %d of the sheet has texts alone where the rows below it have numbers or dates: it is read"
          + " as data, and may be a second row of names or of units under row %d.";

  private static final String TOTALS =
      "Row %d of the sheet is the totals row of its table %s, and is left out.";

  record Cell(String text, boolean isText, boolean isError) {}

  /**
   * @param cells those that are not empty, by their column from 0
   */
  record Row(int number, TreeMap<Integer, Cell> cells) {}

  private final Collection<String> wanted;
  private final RowsWriter out;
  private final List<TotalsRow> totals;
  private final Optional<Integer> headerRow;
  private final boolean header;

  private List<Row> sample = new ArrayList<>();
  private int sampleChars;
  private TreeMap<Integer, Cell> cells = new TreeMap<>();
  private Map<Integer, Cell> names = Map.of();
  private final List<Integer> columns = new ArrayList<>();
  private final FurtherRows further = new FurtherRows();
  private long rows;

  SheetTable(
      SourceOptions options, Collection<String> wanted, List<TotalsRow> totals, RowsWriter out) {
    this.wanted = wanted;
    this.totals = totals;
    this.out = out;
    this.headerRow = options.count(SourceOption.HEADER_ROW, 1);
    this.header = options.flag(SourceOption.HEADER).orElse(true);
    options.refuse(!header && headerRow.isPresent(), "header and headerRow contradict each other");
  }

  void text(int column, String text) {
    if (!text.isEmpty()) {
      cells.put(column, new Cell(text, true, false));
    }
  }

  /** A number, date or truth value. */
  void value(int column, String text) {
    cells.put(column, new Cell(text, false, false));
  }

  /** Such as {@code #N/A}. */
  void error(int column, String text) {
    cells.put(column, new Cell(text, false, true));
  }

  void endRow(int number) throws IOException {
    for (TotalsRow row : totals) {
      var sums = cells.subMap(row.first(), true, row.last(), true);
      if (row.number() == number && !sums.isEmpty()) {
        sums.clear(); // of what is beside the table
        out.doubt(TOTALS.formatted(number, Names.shown(row.table())));
      }
    }
    if (cells.isEmpty()) {
      return;
    }
    Row row = new Row(number, cells);
    cells = new TreeMap<>();
    if (sample == null) {
      write(row);
      return;
    }
    sample.add(row);
    sampleChars += row.cells().values().stream().mapToInt(cell -> cell.text().length()).sum();
    boolean pastHeader = headerRow.isPresent() && number > headerRow.get();
    if (sample.size() >= SAMPLE_ROWS || sampleChars > SAMPLE_CHARS || pastHeader) {
      begin();
    }
  }

  /**
   * @return how many rows the table had
   */
  long end() throws IOException {
    if (sample != null) {
      begin();
    }
    return rows;
  }

  private void begin() throws IOException {
    List<Row> first = sample;
    sample = null;
    int at = headerRow.isPresent() ? told(first) : header ? SheetHeader.find(first, wanted) : NONE;
    names =
        at < 0
            ? Map.of()
            : headerRow.isEmpty() ? SheetHeader.names(first, at) : first.get(at).cells();
    if (at >= 0 && headerRow.isEmpty() && SheetHeader.isFollowedByNames(first, at)) {
      out.doubt(SECOND_HEADER.formatted(first.get(at + 1).number(), first.get(at).number()));
    }
    for (Row row : first.subList(at + 1, first.size())) {
      if (headerRow.isEmpty() || row.number() > headerRow.get()) {
        write(row);
      }
    }
  }

  private int told(List<Row> first) {
    for (int i = 0; i < first.size(); i++) {
      if (first.get(i).number() == headerRow.get()) {
        return i;
      }
    }
    return NONE;
  }

  private void write(Row row) throws IOException {
    if (rows == 0) {
      nameColumns();
    }
    further.doubt(row).ifPresent(out::doubt);
    out.at(row.number());
    for (var entry : row.cells().entrySet()) {
      Cell cell = entry.getValue();
      int column = column(entry.getKey());
      if (cell.isError()) {
        out.error(column, cell.text());
      } else {
        out.text(column, cell.text());
      }
    }
    out.end();
    rows++;
  }

  /** A cell beyond the header has a column too. */
  private int column(int at) {
    while (columns.size() <= at) {
      columns.add(NONE);
    }
    if (columns.get(at) == NONE) {
      columns.set(at, out.column(unnamed(at)));
    }
    return columns.get(at);
  }

  /** Whether a table without rows has a header all the same. */
  boolean isNamed() {
    return !names.isEmpty();
  }

  /**
   * Gives the writer the header's columns, which the first row does else. Columns without a name
   * exist once a row has a value there.
   */
  void nameColumns() {
    List<String> texts = new ArrayList<>();
    names.forEach((at, cell) -> texts.add(cell.text().isBlank() ? unnamed(at) : oneLine(cell)));
    List<String> distinct = Names.distinct(texts);
    int i = 0;
    for (int at : names.keySet()) {
      while (columns.size() <= at) {
        columns.add(NONE);
      }
      columns.set(at, out.column(distinct.get(i++)));
    }
  }

  private static String oneLine(Cell cell) {
    return cell.text().replaceAll("\\s+", " ").strip();
  }

  private static String unnamed(int column) {
    return String.format(Locale.ROOT, "column%d", column + 1);
  }
}
