package dev.odyssey.transform;

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
  private static final int NONE = -1;
  private static final int SAMPLE_ROWS = 100;
  private static final int SAMPLE_CHARS = 4 << 20;

  private record Cell(String text, boolean isText, boolean isError) {}

  private record Row(int number, TreeMap<Integer, Cell> cells) {}

  private final Collection<String> wanted;
  private final RowsWriter out;
  private final Optional<Integer> headerRow;
  private final boolean header;

  private List<Row> sample = new ArrayList<>();
  private int sampleChars;
  private TreeMap<Integer, Cell> cells = new TreeMap<>();
  private final List<Integer> columns = new ArrayList<>();
  private long rows;

  SheetTable(SourceOptions options, Collection<String> wanted, RowsWriter out) {
    this.wanted = wanted;
    this.out = out;
    this.headerRow = options.count("headerRow").filter(row -> row > 0);
    this.header = options.flag("header", "hasHeader").orElse(true);
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
    int at = headerRow.isPresent() ? told(first) : header ? detect(first) : NONE;
    name(at < 0 ? Map.of() : first.get(at).cells());
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

  /** The row with most of the wanted names, else the first that is as wide as the table. */
  private int detect(List<Row> first) {
    int best = NONE;
    long bestMatches = 0;
    for (int i = 0; i < first.size(); i++) {
      List<String> names = first.get(i).cells().values().stream().map(Cell::text).toList();
      long matches = wanted.stream().filter(w -> Names.match(names, w).isPresent()).count();
      if (matches > bestMatches) {
        best = i;
        bestMatches = matches;
      }
    }
    return best >= 0 ? best : firstWide(first);
  }

  /** Titles and remarks fill a cell or two; a header is all texts. */
  private static int firstWide(List<Row> first) {
    int width = first.stream().mapToInt(row -> row.cells().size()).max().orElse(0);
    for (int i = 0; i < first.size(); i++) {
      if (first.get(i).cells().size() * 4 >= width * 3) {
        Row below = i + 1 < first.size() ? first.get(i + 1) : null;
        return first.get(i).cells().entrySet().stream()
                .allMatch(cell -> isName(cell.getValue()) || isDayOver(cell, below))
            ? i
            : NONE;
      }
    }
    return NONE;
  }

  /** Years are the only numbers that head columns. */
  private static boolean isName(Cell cell) {
    return cell.isText() || cell.text().matches("(19|20)\\d\\d");
  }

  /** Months and days head columns too: then what is below is no date. */
  private static boolean isDayOver(Map.Entry<Integer, Cell> head, Row below) {
    Cell under = below == null ? null : below.cells().get(head.getKey());
    return isDay(head.getValue()) && under != null && !isDay(under);
  }

  private static boolean isDay(Cell cell) {
    return !cell.isText() && cell.text().matches("\\d{4}-\\d\\d-\\d\\d");
  }

  private void write(Row row) throws IOException {
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

  /** Columns without a name exist once a row has a value there. */
  private void name(Map<Integer, Cell> headers) {
    List<String> names = new ArrayList<>();
    headers.forEach((at, cell) -> names.add(cell.text().isBlank() ? unnamed(at) : oneLine(cell)));
    List<String> distinct = Names.distinct(names);
    int i = 0;
    for (int at : headers.keySet()) {
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
