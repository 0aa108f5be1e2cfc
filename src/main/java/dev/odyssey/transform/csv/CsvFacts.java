package dev.odyssey.transform.csv;

import dev.odyssey.transform.text.CellKind;
import java.util.List;
import java.util.Optional;
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

  /** Rows of nothing but values that tell a table from facts. */
  private static final int MIN_VALUES = 10;

  private static final int MIN_LINES = 3;

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
    boolean pair = arePairs(cells);
    boolean amount =
        cells.stream().anyMatch(cell -> AMOUNT.matcher(cell.strip()).matches())
            && cells.stream().anyMatch(cell -> CellKind.of(cell) == CellKind.WORDS);
    return pair || amount;
  }

  /** Words with a colon, each beside its value, and nothing else. */
  static boolean arePairs(List<String> cells) {
    int pairs = 0;
    for (int i = 0; i < cells.size(); i++) {
      if (!cells.get(i).isBlank()) {
        if (!cells.get(i).strip().endsWith(":")
            || i + 1 == cells.size()
            || cells.get(i + 1).isBlank()) {
          return false;
        }
        pairs++;
        i++;
      }
    }
    return pairs > 0;
  }

  /**
   * Where most of the file's rows begin, which have nothing but values, at their names if they have
   * any: facts with words for these and lines of another width stand above, as instruments write
   * them; or above two names a few words with their values.
   */
  Optional<Integer> startOfValues(int first, int limit) {
    int facts = 0;
    int words = 0;
    int others = 0;
    for (int i = first; i < limit; i++) {
      CsvSample.Row row = rows().get(i);
      boolean pairs = width() == 2 && words >= MIN_LINES && words == i - first;
      boolean above = (facts > 0 && (others > 0 || pairs)) || others >= MIN_LINES;
      if (isOfValues(row)) {
        boolean under = i > first && rows().get(i - 1).cells().size() != width();
        return under && facts > 0 && words >= MIN_LINES && areMostOfValues(i)
            ? Optional.of(i)
            : Optional.empty();
      }
      boolean wide = row.cells().size() == width();
      boolean named = wide && CsvHeaderRows.isHeaderLike(row);
      if (above && named && isDistinct(i) && areMostOfValues(i + 1)) {
        return Optional.of(i);
      }
      others += wide ? 0 : 1;
      facts += wide && !named ? 1 : 0;
      words += wide && CellKind.of(row.cells().get(0)) == CellKind.WORDS ? 1 : 0;
    }
    return Optional.empty();
  }

  private boolean areMostOfValues(int from) {
    long values = rows().subList(from, rows().size()).stream().takeWhile(this::isOfValues).count();
    return values >= MIN_VALUES && values * 2 >= rows().size();
  }

  private boolean isOfValues(CsvSample.Row row) {
    return row.cells().size() == width()
        && row.cells().stream().allMatch(cell -> CellKind.of(cell).isValue());
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
    return isDistinct(index) && shapes.isSecondHeader(index);
  }

  /** Another text over each column. */
  boolean isDistinct(int index) {
    CsvSample.Row row = rows().get(index);
    return row.cells().size() == width()
        && row.filled() == width()
        && row.cells().stream().distinct().count() == width();
  }
}
