package dev.odyssey.transform.csv;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The records at a file's beginning as one dialect reads them; a cut last record is left out.
 *
 * @param broken records that are broken in this dialect
 */
record CsvSample(List<Row> rows, List<Broken> broken) {
  private static final Pattern DECIMAL = Pattern.compile("[-+]?\\d+,\\d+");

  /**
   * @param line physical, from 1
   * @param nextLine that after the record
   * @param quoted places of fields that are in quotes
   */
  record Row(long line, long nextLine, List<String> cells, BitSet quoted) {
    Row(long line, long nextLine, List<String> cells) {
      this(line, nextLine, cells, new BitSet());
    }

    long lines() {
      return nextLine - line;
    }

    long filled() {
      return cells.stream().filter(cell -> !cell.isBlank()).count();
    }
  }

  /**
   * @param line physical, from 1
   * @param text of this line
   */
  record Broken(long line, String text) {}

  /**
   * @param whole true when the head is the whole file
   */
  static CsvSample of(byte[] head, CsvDialect dialect, long skipLines, boolean whole)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    List<Broken> broken = new ArrayList<>();
    long longest = 1;
    try (CsvRecords records = new CsvRecords(new ByteArrayInputStream(head), dialect)) {
      records.skipLines(skipLines);
      while (records.next()) {
        if (!whole && broken.isEmpty() && isCut(records, head, longest)) {
          return new CsvSample(rows, broken);
        }
        if (records.fault() != null) {
          broken.add(new Broken(records.line(), new String(records.raw(), StandardCharsets.UTF_8)));
        } else if (!records.isBlank()) {
          rows.add(row(records));
          longest = Math.max(longest, rows.get(rows.size() - 1).lines());
        }
      }
    }
    if (!whole && rows.size() > 1) {
      rows.remove(rows.size() - 1);
    }
    return new CsvSample(rows, broken);
  }

  /** In quotes, by the head's end: hardly longer than the records before it. */
  private static boolean isCut(CsvRecords records, byte[] head, long longest) {
    if (!CsvRecords.UNCLOSED.equals(records.fault()) || longest == 1) {
      return false;
    }
    int from = (int) records.offset();
    String rest = new String(head, from, head.length - from, StandardCharsets.UTF_8);
    return rest.lines().count() <= 2 * longest;
  }

  private static Row row(CsvRecords records) {
    List<String> cells = new ArrayList<>();
    BitSet quoted = new BitSet();
    for (int i = 0; i < records.fields().size(); i++) {
      cells.add(records.fields().text(i));
      quoted.set(i, records.fields().isQuoted(i));
    }
    return new Row(records.line(), records.nextLine(), cells, quoted);
  }

  /** The number of fields that most rows have; of equals the greater. */
  int width() {
    return new CsvWidth(this).ofMost();
  }

  /**
   * Without the lines behind {@code #} at the beginning and those of a drawn frame, where they may
   * be more than the rows.
   */
  CsvSample table() {
    int notes = CsvNotes.of(rows).count();
    List<Row> table =
        rows.subList(notes, rows.size()).stream()
            .filter(row -> !CsvHeaderRows.isFrame(row))
            .toList();
    return table.size() < CsvNotes.MIN_ROWS ? this : new CsvSample(table, broken);
  }

  /** True where nothing is there that could be a value or a name. */
  boolean isEmpty() {
    return rows.size() < 2
        && rows.stream()
            .flatMap(row -> row.cells().stream())
            .flatMapToInt(String::chars)
            .noneMatch(Character::isLetterOrDigit);
  }

  /** True where a delimiter in a few rows is a sign in a text. */
  boolean isOneColumn() {
    return !rows.isEmpty() && table().rows().get(0).cells().size() == 1 && width() == 1;
  }

  /** True where a comma cuts nothing but numbers: beside a single name it is their decimal one. */
  boolean isDecimals() {
    return rows.stream()
        .map(Row::cells)
        .allMatch(cells -> cells.size() == 1 || DECIMAL.matcher(String.join(",", cells)).matches());
  }

  /** True where each row of the table begins and ends with a blank field, as its header does. */
  boolean isFramed() {
    int width = width();
    List<List<String>> full =
        rows.stream().map(Row::cells).filter(cells -> cells.size() == width).toList();
    return width > 2
        && full.stream()
            .allMatch(cells -> cells.get(0).isBlank() && cells.get(width - 1).isBlank());
  }

  Map<Integer, Integer> widths() {
    Map<Integer, Integer> widths = new TreeMap<>();
    rows.forEach(row -> widths.merge(row.cells().size(), 1, Integer::sum));
    return widths;
  }

  /**
   * True when nearly every field that is not in quotes begins or ends with a blank, or is filled up
   * to one width.
   */
  boolean isPadded() {
    long padded = 0;
    long all = 0;
    for (Row row : rows) {
      for (int i = 1; i < row.cells().size(); i++) {
        String cell = row.cells().get(i);
        boolean counts = !cell.isEmpty() && !row.quoted().get(i);
        padded += counts && !cell.equals(cell.strip()) ? 1 : 0;
        all += counts ? 1 : 0;
      }
    }
    return all > 1 ? padded >= all * 0.9 || isFilledUp() : isDrawnColumn();
  }

  /** One column as psql draws it: a line under its name, and a blank before each value. */
  private boolean isDrawnColumn() {
    if (rows.isEmpty()) {
      return false;
    }
    List<String> column = rows.stream().map(row -> row.cells().get(0)).toList();
    int end = column.size() - (CsvRewriter.isCount(column.get(column.size() - 1)) ? 1 : 0);
    return end > 2
        && rows.stream().allMatch(row -> row.cells().size() == 1)
        && column.get(1).matches("-+ *")
        && column.get(1).strip().length() >= column.get(0).length()
        && column.get(0).startsWith(" ")
        && column.subList(2, end).stream().allMatch(cell -> cell.startsWith(" "));
  }

  /**
   * True where at least half of the columns but the last have blanks up to one width, and not just
   * one value has them, which may be its own.
   */
  private boolean isFilledUp() {
    int width = width();
    List<Row> all = rows.stream().filter(row -> row.cells().size() == width).toList();
    boolean names = all.size() > 2 && CsvHeaderRows.isHeaderLike(all.get(0));
    List<Row> full = names ? all.subList(1, all.size()) : all; // names need no padding
    int filled = 0;
    Set<String> values = new HashSet<>();
    for (int column = 0; column < width - 1; column++) {
      int place = column;
      List<String> cells = full.stream().map(row -> row.cells().get(place)).toList();
      List<String> blanks = cells.stream().filter(cell -> !cell.strip().equals(cell)).toList();
      if (!blanks.isEmpty() && cells.stream().mapToInt(String::length).distinct().count() > 1) {
        return false;
      }
      filled += blanks.isEmpty() ? 0 : 1;
      blanks.forEach(cell -> values.add(cell.strip()));
    }
    return values.size() > 1 && filled * 2 >= width - 1;
  }
}
