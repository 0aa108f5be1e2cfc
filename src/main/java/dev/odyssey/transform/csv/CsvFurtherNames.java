package dev.odyssey.transform.csv;

import dev.odyssey.transform.text.CellKind;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Rows under a CSV file's first header that name its columns, too, as survey tools write them; and
 * names that count. Immutable.
 *
 * @param rows of the sample
 * @param width fields of most rows
 */
record CsvFurtherNames(List<CsvSample.Row> rows, int width) {
  private static final int MIN_COUNTED = 3;

  /** Under each name, as Qualtrics keeps what it knows of a question. */
  private static final String IMPORT = "{\"ImportId\":";

  /** Rows under the first whose last tells where each column was imported from; else 0. */
  int imported(int header) {
    for (int more = 1; more <= 2; more++) {
      if (header + more < rows.size() && isImport(header + more)) {
        return more;
      }
    }
    return 0;
  }

  boolean isImport(int index) {
    return rows.get(index).cells().stream().allMatch(cell -> cell.startsWith(IMPORT));
  }

  /**
   * Words, one in each column that the row above has no name for, and none in the first column,
   * which each row below has a value in: the answers that may be chosen under their question.
   */
  boolean fillsGaps(int index) {
    List<String> names = rows.get(index - 1).cells();
    CsvSample.Row row = rows.get(index);
    List<CsvSample.Row> below = rows.subList(index + 1, rows.size());
    if (names.size() != width || row.cells().size() != width || below.size() < 2) {
      return false;
    }
    List<Integer> gaps =
        IntStream.range(0, width).filter(column -> names.get(column).isBlank()).boxed().toList();
    return gaps.size() > 1
        && gaps.stream().noneMatch(column -> row.cells().get(column).isBlank())
        && row.cells().get(0).isBlank()
        && below.stream().noneMatch(other -> other.cells().get(0).isBlank())
        && CsvHeaderRows.isHeaderLike(row);
  }

  /** Years or days and nothing else under names, and none in the first columns, over values. */
  boolean arePeriods(int index) {
    List<String> cells = rows.get(index).cells();
    List<CsvSample.Row> below = rows.subList(index + 1, rows.size());
    return cells.size() == width
        && cells.get(0).isBlank()
        && below.size() > 1
        && below.stream().noneMatch(other -> other.cells().get(0).isBlank())
        && cells.stream().allMatch(cell -> cell.isBlank() || CellKind.of(cell).isValue())
        && new CsvHeaderRows(rows, width).hasPeriods(index);
  }

  /** Beside an empty corner, 1, 2, 3 and on, over rows that begin with words: a plate's columns. */
  boolean isCounted(int index) {
    List<String> cells = rows.get(index).cells();
    List<CsvSample.Row> below = rows.subList(index + 1, rows.size());
    return cells.size() == width
        && width > MIN_COUNTED
        && cells.get(0).isBlank()
        && IntStream.range(1, width)
            .allMatch(column -> cells.get(column).strip().equals(String.valueOf(column)))
        && below.size() > 1
        && below.stream()
            .map(row -> CellKind.of(row.cells().get(0)))
            .noneMatch(kind -> kind == CellKind.EMPTY || kind.isValue());
  }
}
