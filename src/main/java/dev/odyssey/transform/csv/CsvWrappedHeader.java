package dev.odyssey.transform.csv;

import java.util.ArrayList;
import java.util.List;

/** A header that goes on over several lines of a CSV file, which together name each column. */
final class CsvWrappedHeader {
  private static final int MAX_LINES = 5;

  private CsvWrappedHeader() {}

  /** With the lines right above the first row of values as one, where they are such. */
  static CsvSample joined(CsvSample sample) {
    List<CsvSample.Row> rows = sample.rows();
    int width = sample.width();
    int table = 0;
    while (table < rows.size() && rows.get(table).cells().size() != width) {
      table++;
    }
    if (table == rows.size() || CsvHeaderRows.isHeaderLike(rows.get(table))) {
      return sample;
    }
    List<String> names = new ArrayList<>();
    int first = table;
    while (first > 0 && table - first < MAX_LINES && names.size() < width) {
      names.addAll(0, rows.get(--first).cells());
    }
    boolean alone = table - first == 1;
    if (alone || names.size() != width || !areNames(names) || !areLines(rows, first, table)) {
      return sample;
    }
    List<CsvSample.Row> joined = new ArrayList<>(rows.subList(0, first));
    joined.add(new CsvSample.Row(rows.get(first).line(), rows.get(table - 1).nextLine(), names));
    joined.addAll(rows.subList(table, rows.size()));
    return new CsvSample(joined, sample.broken());
  }

  private static boolean areNames(List<String> names) {
    return names.stream().distinct().count() == names.size()
        && names.stream().allMatch(CsvMovedHeader::isWord)
        && names.stream().noneMatch(CsvHeaderRows::isPlaceholder);
  }

  /** Of several names each, without a blank line between, nor a sign of comment. */
  private static boolean areLines(List<CsvSample.Row> rows, int first, int table) {
    for (int i = first; i < table; i++) {
      CsvSample.Row row = rows.get(i);
      if (row.cells().size() < 2
          || CsvNotes.isNote(row)
          || row.nextLine() != rows.get(i + 1).line()) {
        return false;
      }
    }
    return true;
  }
}
