package dev.odyssey.transform.csv;

import dev.odyssey.transform.text.CellKind;
import java.util.List;
import java.util.Map;

/** How many fields the rows of the table have, among notes and pairs of a word and its value. */
record CsvWidth(CsvSample sample) {
  private List<CsvSample.Row> rows() {
    return sample.rows();
  }

  /** The number of fields that most rows have; of equals the greater. */
  int ofMost() {
    int width = 0;
    int most = 0;
    for (Map.Entry<Integer, Integer> entry : sample.table().widths().entrySet()) {
      if (entry.getValue() >= most) {
        width = entry.getKey();
        most = entry.getValue();
      }
    }
    return width == 1 ? belowNotes() : belowPairs(width);
  }

  /** Below pairs of a word and its value there may be a table of fewer rows, but more cells. */
  private int belowPairs(int pair) {
    int best = pair;
    long cells = filledBeside(pair);
    for (Map.Entry<Integer, Integer> entry : sample.widths().entrySet()) {
      int more = entry.getValue() * (entry.getKey() - 1);
      if (entry.getKey() > 2 && more > cells && isBelowPairs(entry.getKey(), pair)) {
        best = entry.getKey();
        cells = more;
      }
    }
    return best;
  }

  /** Fields with a text beside the first one in each row of a width. */
  private long filledBeside(int width) {
    return rows().stream()
        .filter(row -> row.cells().size() == width)
        .mapToLong(row -> Math.max(0, row.filled() - 1))
        .sum();
  }

  /** Names over rows that hold values, with hardly another row below. */
  private boolean isBelowPairs(int width, int pair) {
    int first = 0;
    while (rows().get(first).cells().size() != width) {
      first++;
    }
    List<CsvSample.Row> before =
        rows().subList(0, first).stream().filter(row -> row.cells().size() == pair).toList();
    List<CsvSample.Row> below = rows().subList(first + 1, rows().size());
    long words = before.stream().filter(row -> !CellKind.of(row.cells().get(0)).isValue()).count();
    long values =
        below.stream()
            .filter(row -> row.cells().size() == width && !CsvHeaderRows.isHeaderLike(row))
            .count();
    return (isHeader(first, width) || isUnderShortHeader(first, pair))
        && words * 2 > before.size()
        && before.stream().allMatch(CsvWidth::isPair)
        && !isColumnOfValues(before)
        && values * 2 >= below.size();
  }

  private boolean isHeader(int first, int width) {
    return (CsvHeaderRows.isHeaderLike(rows().get(first))
            || new CsvHeaderRows(rows(), width).hasPeriods(first))
        && rows().get(first).filled() >= width - 1;
  }

  /** Values under a name for each but the fields that end the rows, more than a pair. */
  private boolean isUnderShortHeader(int first, int pair) {
    if (first == 0 || CsvHeaderRows.isHeaderLike(rows().get(first))) {
      return false;
    }
    CsvSample.Row names = rows().get(first - 1);
    int width = rows().get(first).cells().size();
    return names.cells().size() > pair
        && names.cells().size() < width
        && names.filled() >= rows().get(first).filled()
        && CsvHeaderRows.isHeaderLike(names);
  }

  /** A word and its value, also with a colon between them in a field of its own. */
  private static boolean isPair(CsvSample.Row row) {
    return row.filled() <= 2 || row.cells().get(1).strip().equals(":");
  }

  /** Under a pair of names: those are a table, too, and not to be left out in silence. */
  private static boolean isColumnOfValues(List<CsvSample.Row> pairs) {
    return pairs.size() > 3
        && pairs.stream().skip(1).allMatch(row -> CellKind.of(row.cells().get(1)).isValue());
  }

  /**
   * Below more lines of notes than rows there may be a table that goes on to the end, or names over
   * values with notes below; the rows may end with a field that the names do not have.
   */
  private int belowNotes() {
    List<Integer> sizes = rows().stream().map(row -> row.cells().size()).toList();
    int first = 0;
    while (first < sizes.size() && sizes.get(first) < 3) {
      first++;
    }
    int end = first;
    while (end < sizes.size() && sizes.get(end) > 1) {
      end++;
    }
    boolean last = end == sizes.size();
    int width = end > first ? sizes.get(end - 1) : 1;
    int rows = end > first + 1 && sizes.get(first) == width - 1 ? first + 1 : first;
    boolean alike = sizes.subList(rows, end).stream().distinct().count() == 1;
    int most = end > first ? width / 2 : 1;
    boolean notes =
        sizes.subList(end, sizes.size()).stream().allMatch(size -> size <= Math.max(1, most));
    boolean table = last && end - first > 2;
    return alike && (table || (notes && isNamed(first, end))) ? width : 1;
  }

  /** Distinct names over rows, the first of which has a value. */
  private boolean isNamed(int first, int end) {
    CsvSample.Row names = rows().get(first);
    return end - first > 1
        && names.filled() == names.cells().size()
        && names.cells().stream().distinct().count() == names.cells().size()
        && CsvHeaderRows.isHeaderLike(names)
        && !CsvHeaderRows.isHeaderLike(rows().get(first + 1));
  }
}
