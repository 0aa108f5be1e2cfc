package dev.odyssey.transform.csv;

import dev.odyssey.transform.text.CellKind;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Finds names between the rows of a CSV file, or behind them, where its lines were sorted or joined
 * in another order. Immutable.
 *
 * @param rows of the sample
 * @param width fields of most rows
 */
record CsvMovedHeader(List<CsvSample.Row> rows, int width) {
  private static final int MIN_TYPED = 2;

  /** As the rows of a table hold values, in each of which one may be missing. */
  private static final double MOST = 0.9;

  /**
   * The only row of words alone, one for each column, a third of which hold numbers and dates in
   * the other rows.
   *
   * @param first row of the table, which has no header
   * @return -1 where there is none
   */
  int find(int first) {
    if (width < MIN_TYPED || rows.size() - first < 3) {
      return -1;
    }
    List<CsvSample.Row> full =
        rows.subList(first, rows.size()).stream()
            .filter(row -> row.cells().size() == width)
            .toList();
    List<CsvSample.Row> names = full.stream().filter(this::isNames).toList();
    if (names.isEmpty() || !names.stream().allMatch(row -> row.cells().equals(cells(names)))) {
      return -1;
    }
    List<CsvSample.Row> others = full.stream().filter(row -> !names.contains(row)).toList();
    long typed = IntStream.range(0, width).filter(column -> holdsValues(others, column)).count();
    return typed >= MIN_TYPED && typed * 3 >= width ? rows.indexOf(names.get(0)) : -1;
  }

  private static List<String> cells(List<CsvSample.Row> names) {
    return names.get(0).cells();
  }

  private boolean isNames(CsvSample.Row row) {
    return row.cells().stream().distinct().count() == width
        && !CsvNotes.isNote(row)
        && row.cells().stream().allMatch(CsvMovedHeader::isWord)
        && row.cells().stream().noneMatch(CsvHeaderRows::isPlaceholder);
  }

  static boolean isWord(String cell) {
    return CellKind.of(cell) == CellKind.WORDS && cell.chars().anyMatch(Character::isLetter);
  }

  private static boolean holdsValues(List<CsvSample.Row> rows, int column) {
    long values =
        rows.stream().filter(row -> CellKind.of(row.cells().get(column)).isValue()).count();
    return values > 1 && values >= rows.size() * MOST;
  }
}
