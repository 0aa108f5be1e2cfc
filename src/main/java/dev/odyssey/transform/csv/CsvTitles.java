package dev.odyssey.transform.csv;

import dev.odyssey.transform.text.CellKind;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tells titles and notes before a CSV file's table from its header and rows. Immutable.
 *
 * @param rowNames with the rows of the sample
 * @param notes the rows behind a sign of comment
 */
record CsvTitles(CsvOptions options, CsvRowNames rowNames, CsvNotes notes, CsvHeaderRows shapes) {
  private static final int MAX_NOTES = 3;
  private static final int MAX_PADDED = 40;
  private static final int MIN_PADDED_WIDTH = 4;

  private List<CsvSample.Row> rows() {
    return rowNames.rows();
  }

  private int width() {
    return rowNames.width();
  }

  private CsvFacts facts() {
    return new CsvFacts(shapes);
  }

  /** The first row of the table: titles are narrower, or one filled cell in a row of empty ones. */
  int end() {
    if (options.skip() > 0) {
      return 0;
    }
    int first = 0;
    int limit = Math.min(rows().size() - 1, CsvHeader.SEARCHED + notes.count());
    while (first < limit
        && (CsvHeaderRows.isFrame(rows().get(first))
            || (width() > 1 && (isPreamble(first) || isNote(first))))) {
      first++;
    }
    if (first < limit) {
      return belowGap(ownHeader(first, limit), limit);
    }
    return isAllButRows(first) ? first : 0;
  }

  /** A title and names, and nothing below: the export of an empty table. */
  private boolean isAllButRows(int last) {
    CsvSample.Row names = rows().get(last);
    return last > 0
        && last == rows().size() - 1
        && names.filled() == names.cells().size()
        && names.cells().size() > 2
        && options.mayHaveOneHeaderRow()
        && CsvHeaderRows.isHeaderLike(names)
        && rows().subList(0, last).stream().allMatch(row -> row.cells().size() == 1);
  }

  /** Rows as wide as the table may be notes, where names follow behind a gap or narrower notes. */
  private int belowGap(int first, int limit) {
    boolean told = !options.mayHaveOneHeaderRow();
    if (!told && facts().isTableOfOneRow(first)) {
      return first + 2;
    }
    for (int i = first + 1; i < Math.min(limit, first + MAX_NOTES + 2) && !told; i++) {
      boolean apart = isGap(i) || (i > first + 1 && rows().get(i - 1).filled() <= 1);
      if (apart && !isGap(i + 1) && shapes.isSecondHeader(i)) {
        return shapes.areNotes(first, i) ? i : first;
      }
    }
    return told ? first : facts().startOfValues(first, limit).orElse(first);
  }

  /** Before a row: a blank line or a row of nothing. */
  boolean isGap(int index) {
    CsvSample.Row before = rows().get(index - 1);
    return before.nextLine() < rows().get(index).line() || before.filled() == 0;
  }

  /**
   * A narrower or wider header may be that of another table, which stands before the one with the
   * most rows, and a line of more words a note: then a row of names as wide as this one follows,
   * and values under it.
   */
  private int ownHeader(int first, int limit) {
    int size = rows().get(first).cells().size();
    if (size == width() || (size > width() && !options.mayHaveOneHeaderRow())) {
      return first;
    }
    for (int i = first + 1; i < limit; i++) {
      if (rows().get(i).cells().size() == width()) {
        boolean overRows =
            !CsvHeaderRows.isHeaderLike(rows().get(i + 1)) || facts().isNamedInFull(i);
        boolean named = shapes.isHeader(i) && overRows;
        return named && (size < width() || facts().isNamedInFull(i)) ? i : first;
      }
    }
    return first;
  }

  private boolean isPreamble(int index) {
    CsvSample.Row row = rows().get(index);
    int size = row.cells().size();
    if (size > width()) {
      return isWideNote(index)
          || isWidePair(index)
          || isOverNamesApart(index)
          || isWideTitle(index);
    }
    if (size < width()) {
      if (isShortRow(row) || areRowNamesUnder(index)) {
        return false;
      }
      if (isOverNamesApart(index)) {
        return true;
      }
      boolean trailing = row.filled() == size && CsvColumns.isEmptyFrom(size, rows(), width());
      boolean names = CsvHeaderRows.isHeaderLike(row) || shapes.hasPeriods(index);
      boolean few = names && isFilledFromStart(row) && row.filled() * 2 > width();
      return !trailing && (!few || isPairOfMany(index));
    }
    return (width() > 2 && row.filled() <= 1 && !shapes.isLastName(index))
        || isPaddedNote(index)
        || shapes.isRule(index)
        || (options.mayHaveHeader()
            && (facts().isAboveNames(index) || (index == 0 && facts().isSizes())));
  }

  /** Empty fields stand at its end alone, as over columns without a name. */
  private static boolean isFilledFromStart(CsvSample.Row row) {
    return row.cells().stream().dropWhile(cell -> !cell.isBlank()).allMatch(String::isBlank);
  }

  /** A word and its value over two more of them. */
  private boolean isPairOfMany(int index) {
    return index + 3 < rows().size()
        && rows().subList(index, index + 3).stream().allMatch(row -> row.cells().size() == 2);
  }

  /** Texts in one field or two, but not in the last, then a gap and a name for each column. */
  private boolean isPaddedNote(int index) {
    int names = index;
    while (names < rows().size() - 1
        && names - index <= MAX_PADDED
        && isPadded(rows().get(names))) {
      names++;
    }
    return names > index && (isOverNamesApart(names - 1) || areFactsAbove(names));
  }

  /**
   * A block of such rows that has a gap within it, as sequencers' sample sheets have one between
   * their sections and pivot tables below their filter; or two words with their values, right above
   * names over numbers and dates.
   */
  private boolean areFactsAbove(int names) {
    if (width() < MIN_PADDED_WIDTH
        || names >= rows().size() - 1
        || !options.mayHaveHeader()
        || isPadded(rows().get(names + 1))
        || !facts().isDistinct(names)) {
      return false;
    }
    int from = names;
    boolean gap = false;
    int pairs = 0;
    while (from > 0 && isPadded(rows().get(from - 1))) {
      from--;
      gap |= from > 0 && from < names - 1 && isGap(from + 1);
      pairs += rows().get(from).filled() == 2 ? 1 : 0;
    }
    return (gap && shapes.isHeader(names)) || (pairs > 1 && shapes.isSecondHeader(names));
  }

  private boolean isPadded(CsvSample.Row row) {
    int texts = Math.min(2, width() - 1);
    return row.cells().size() == width()
        && (row.cells().subList(texts, width()).stream().allMatch(String::isBlank)
            || (width() >= MIN_PADDED_WIDTH && CsvFacts.arePairs(row.cells())));
  }

  /** A gap follows, and behind it a row with a name for each column. */
  private boolean isOverNamesApart(int index) {
    int names = index + 1;
    return options.mayHaveHeader()
        && names < rows().size() - 1
        && isGap(names)
        && isNamed(rows().get(names).cells().size())
        && rows().get(names).filled() == rows().get(names).cells().size()
        && shapes.isHeader(names);
  }

  /** By so many names are all columns, but for empty fields that end each row. */
  private boolean isNamed(int names) {
    return names == width()
        || (names > 1 && names < width() && CsvColumns.isEmptyFrom(names, rows(), width()));
  }

  private boolean areRowNamesUnder(int index) {
    return options.mayHaveOneHeaderRow()
        && CsvHeaderRows.isHeaderLike(rows().get(index))
        && rowNames.areUnder(index);
  }

  /** Where there is no header, a row of values is no title, be it short. */
  private boolean isShortRow(CsvSample.Row row) {
    boolean values =
        row.cells().stream().allMatch(cell -> cell.isBlank() || CellKind.of(cell).isValue());
    return !options.mayHaveHeader()
        && (values ? row.filled() > 0 : options.padShort() && row.filled() > 1);
  }

  /** What a program tells of its export, in more fields than the names under it. */
  private boolean isWideNote(int index) {
    return options.header().orElse(true)
        && !CsvHeaderRows.isHeaderLike(rows().get(index))
        && rows().get(index + 1).cells().size() == width()
        && shapes.isHeader(index + 1);
  }

  /** Over narrower notes, the names and the first values, with more fields than all of them. */
  private boolean isWideTitle(int index) {
    int names = index + 1;
    while (names < rows().size() - 1
        && names - index <= MAX_PADDED
        && rows().get(names).cells().size() < width()
        && rows().get(names).filled() <= 2) {
      names++;
    }
    return options.header().orElse(true)
        && names < rows().size() - 1
        && rows().get(names).cells().size() == width()
        && shapes.isHeader(names)
        && shapes.isSecondHeader(names);
  }

  /** A word and its value, filled up with more empty fields than the names under all such have. */
  private boolean isWidePair(int index) {
    int names = index;
    while (names < rows().size() - 1 && names - index <= MAX_PADDED && isFilledUp(names)) {
      names++;
    }
    CsvSample.Row row = rows().get(names);
    return names > index
        && names < rows().size() - 1
        && options.header().orElse(true)
        && row.cells().size() == width()
        && row.filled() == width()
        && shapes.isHeader(names)
        && (!CsvHeaderRows.isHeaderLike(rows().get(names + 1)) || areManyAbove(names));
  }

  private boolean areManyAbove(int names) {
    return names >= MAX_NOTES
        && IntStream.range(names - MAX_NOTES, names).allMatch(this::isFilledUp);
  }

  private boolean isFilledUp(int index) {
    List<String> cells = rows().get(index).cells();
    return width() > 2
        && cells.size() > width()
        && cells.subList(2, cells.size()).stream().allMatch(String::isBlank);
  }

  /**
   * The last of the lines behind {@code #} may be the header, but not over a header of words, and
   * not in itself where it has numbers.
   */
  private boolean isNote(int index) {
    if (index >= notes.count()) {
      return false;
    }
    CsvSample.Row row = rows().get(index);
    boolean last = index == notes.count() - 1;
    boolean word =
        CsvNotes.isWord(row)
            && (!last
                || row.cells().size() != width()
                || shapes.isSecondHeader(index + 1)
                || isOverNamesApart(index)
                || (options.mayHaveHeader() && !shapes.isHeader(index)));
    return word || areNotesOnColumns();
  }

  /** Several lines behind {@code #}, and then the names, as InfluxDB writes its columns' types. */
  private boolean areNotesOnColumns() {
    int names = notes.count();
    return names > 1
        && options.mayHaveOneHeaderRow()
        && rows().get(names - 1).cells().size() == width()
        && shapes.isSecondHeader(names);
  }

  /** Rows of several values before the table; 0 where they are no more than notes. */
  int leftOut(int first, boolean header) {
    List<CsvSample.Row> notes =
        rows().subList(0, first).stream()
            .filter(row -> row.filled() > (header ? 2 : 1) && !CsvNotes.isNote(row))
            .toList();
    long widths = notes.stream().map(row -> row.cells().size()).distinct().count();
    boolean alike = widths < notes.size();
    return notes.size() > MAX_NOTES || alike || !header ? notes.size() : 0;
  }
}
