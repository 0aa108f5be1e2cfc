package dev.odyssey.transform;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The records at a file's beginning as one dialect reads them; a cut last record is left out.
 *
 * @param faults records that are broken in this dialect
 */
record CsvSample(List<Row> rows, int faults) {

  /**
   * @param line physical, from 1
   */
  record Row(long line, List<String> cells) {
    long filled() {
      return cells.stream().filter(cell -> !cell.isBlank()).count();
    }
  }

  /**
   * @param whole true when the head is the whole file
   */
  static CsvSample of(byte[] head, CsvDialect dialect, long skipLines, boolean whole)
      throws IOException {
    List<Row> rows = new ArrayList<>();
    int faults = 0;
    try (CsvRecords records = new CsvRecords(new ByteArrayInputStream(head), dialect)) {
      records.skipLines(skipLines);
      while (records.next()) {
        if (records.fault() != null) {
          faults++;
        } else if (!records.isBlank()) {
          rows.add(row(records));
        }
      }
    }
    if (!whole && rows.size() > 1) {
      rows.remove(rows.size() - 1);
    }
    return new CsvSample(rows, faults);
  }

  private static Row row(CsvRecords records) {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < records.fields().size(); i++) {
      cells.add(records.fields().text(i));
    }
    return new Row(records.line(), cells);
  }

  /** The number of fields that most rows have; of equals the greater. */
  int width() {
    int width = 0;
    int most = 0;
    for (Map.Entry<Integer, Integer> entry : widths().entrySet()) {
      if (entry.getValue() >= most) {
        width = entry.getKey();
        most = entry.getValue();
      }
    }
    return width;
  }

  Map<Integer, Integer> widths() {
    Map<Integer, Integer> widths = new TreeMap<>();
    rows.forEach(row -> widths.merge(row.cells().size(), 1, Integer::sum));
    return widths;
  }

  /** True when a blank follows nearly every delimiter, or fields are filled up to one width. */
  boolean isPadded() {
    long padded = 0;
    long all = 0;
    for (Row row : rows) {
      for (String cell : row.cells().subList(1, row.cells().size())) {
        padded += cell.startsWith(" ") ? 1 : 0;
        all += cell.isEmpty() ? 0 : 1;
      }
    }
    return all > 1 && padded >= all * 0.9;
  }
}
