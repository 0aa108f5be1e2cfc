package dev.odyssey.transform.csv;

import dev.odyssey.transform.text.CellKind;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Tells rows that are as wide as a CSV file's table, but hold what is known of it, from its header
 * and rows: an account with its balance, a station with its place. Immutable.
 */
record CsvFacts(CsvHeaderRows shapes) {
  /** More would be a table of their own. */
  private static final int MAX_ROWS = 20;

  private static final int MIN_WIDTH = 3;

  /** No name of a group: that may be a year, a day or a number of a few digits. */
  private static final Pattern AMOUNT =
      Pattern.compile("[-+(]?\\d[\\d.,' \\u00a0\\u202f]*[.,]\\d+");

  private List<CsvSample.Row> rows() {
    return shapes.rows();
  }

  private int width() {
    return shapes.width();
  }

  /** An amount beside words, or a word with a colon and its value; below such, the names. */
  boolean isAboveNames(int index) {
    int names = index;
    while (names < rows().size() - 1 && names - index < MAX_ROWS && isFact(rows().get(names))) {
      names++;
    }
    return names > index && isNamedInFull(names) && shapes.areNotes(index, names);
  }

  /** How many rows and columns follow, as geographers' programs write above two names. */
  boolean isSizes() {
    List<String> cells = rows().get(0).cells();
    return cells.size() == 2
        && cells.get(1).strip().equals("2")
        && cells.get(0).strip().matches("[1-9]\\d{0,8}")
        && Integer.parseInt(cells.get(0).strip()) >= rows().size() - 2
        && rows().size() > 3
        && isNamedInFull(1);
  }

  private boolean isFact(CsvSample.Row row) {
    List<String> cells = row.cells();
    if (cells.size() != width() || width() < MIN_WIDTH) {
      return false;
    }
    boolean pair =
        row.filled() == 2 && cells.get(0).strip().endsWith(":") && !cells.get(1).isBlank();
    boolean amount =
        cells.stream().anyMatch(cell -> AMOUNT.matcher(cell.strip()).matches())
            && cells.stream().anyMatch(cell -> CellKind.of(cell) == CellKind.WORDS);
    return pair || amount;
  }

  /**
   * Names and one row of theirs over other names, which have values below: of these the row of the
   * first ones has words in the place of some.
   */
  boolean isTableOfOneRow(int index) {
    int names = index + 2;
    return names < rows().size() - 2
        && width() >= MIN_WIDTH
        && rows().get(index).cells().size() == width()
        && rows().get(index + 1).cells().size() == width()
        && CsvHeaderRows.isHeaderLike(rows().get(index))
        && !CsvHeaderRows.isHeaderLike(rows().get(index + 1))
        && isNamedInFull(names)
        && rows().get(names).cells().stream().noneMatch(rows().get(index).cells()::contains)
        && hasWordsForValues(index + 1, names + 1);
  }

  private boolean hasWordsForValues(int index, int below) {
    List<String> cells = rows().get(index).cells();
    return IntStream.range(0, width())
        .filter(column -> shapes.holdsValues(column, below))
        .mapToObj(cells::get)
        .anyMatch(
            cell ->
                CellKind.of(cell) == CellKind.WORDS && !CsvHeaderRows.isPlaceholder(cell.strip()));
  }

  /** Another name over each column, and numbers and dates below. */
  boolean isNamedInFull(int index) {
    CsvSample.Row row = rows().get(index);
    return row.cells().size() == width()
        && row.filled() == width()
        && row.cells().stream().distinct().count() == width()
        && shapes.isSecondHeader(index);
  }
}
