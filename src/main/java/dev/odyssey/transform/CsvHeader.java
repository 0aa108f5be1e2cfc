package dev.odyssey.transform;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds where a CSV file's header and data begin, past titles and notes. Immutable. */
final class CsvHeader {
  private static final int SEARCHED = 100;
  private static final int MAX_HEADER_ROWS = 5;
  private static final int MAX_NOTES = 3;
  private static final int MAX_PADDED = 20;

  /** Under a second header: above a single row of numbers, words may be one, too. */
  private static final int MIN_ROWS = 2;

  private final CsvOptions options;
  private final Collection<String> wanted;
  private final List<CsvSample.Row> rows;
  private final List<CsvSample.Broken> broken;
  private final int width;
  private final CsvNotes notes;
  private final CsvHeaderRows shapes;

  CsvHeader(CsvOptions options, Collection<String> wanted, CsvSample sample) {
    this.options = options;
    this.wanted = wanted;
    this.rows = sample.rows();
    this.broken = sample.broken();
    this.width = sample.width();
    this.notes = CsvNotes.of(rows);
    this.shapes = new CsvHeaderRows(rows, width);
  }

  /** The first row that has at least half of the wanted names. */
  static Optional<Integer> find(CsvSample sample, Collection<String> wanted) {
    return find(sample.rows(), wanted);
  }

  private static Optional<Integer> find(List<CsvSample.Row> rows, Collection<String> wanted) {
    Set<String> keys = Names.keys(wanted);
    for (int i = 0; i < Math.min(rows.size(), SEARCHED) && !wanted.isEmpty(); i++) {
      List<String> cells = rows.get(i).cells();
      long found = Names.isAnyOf(cells, keys) ? Names.matching(cells, wanted) : 0;
      if (found > 0 && found * 2 >= wanted.size()) {
        return Optional.of(i);
      }
    }
    return Optional.empty();
  }

  /**
   * @param head the sample's bytes
   */
  CsvLayout layout(CsvDialect dialect, byte[] head) {
    Place header = place();
    int first = header.first();
    int data = header.data();
    int ruled = data > first && shapes.isRule(data) ? data + 1 : data;
    long before = linesBefore(ruled);
    boolean plain = ruled == data && CsvHead.isPlain(head, before, dialect);
    CsvColumns columns = columns(header);
    List<String> names = data > first ? rows.get(data - 1).cells() : List.of();
    return new CsvLayout(
        dialect,
        columns.names(),
        columns.trailing(),
        leftOut(first, data > first),
        second(names, ruled),
        options.columns().isEmpty() ? names : List.of(),
        first > 0 && data > first && data == rows.size(),
        before,
        ruled > data ? rows.get(data).cells() : List.of(),
        plain ? LineEnds.of(head, before).usual() : "");
  }

  /**
   * Where the header's rows are.
   *
   * @param data the row after them; {@code first} where there is none
   */
  private record Place(int first, int data) {}

  /** By the wanted names, but where those that several rows make together are more of them. */
  private Place place() {
    int first = firstOfTable();
    Optional<Place> named =
        find(rows, wanted).filter(this::mayBeHeader).map(row -> named(row, first));
    Place shaped = new Place(first, end(first, options.headerRows().orElseGet(() -> guess(first))));
    return named.filter(place -> matching(place) >= matching(shaped)).orElse(shaped);
  }

  private Place named(int row, int firstOfTable) {
    int first = firstHeader(row, firstOfTable);
    boolean mayBeGroups = Names.matching(rows.get(row).cells(), wanted) < wanted.size();
    int told = options.headerRows().orElseGet(() -> 1 + below(row, mayBeGroups));
    return new Place(first, end(first, told));
  }

  private int end(int first, int headerRows) {
    return Math.min(first + headerRows, rows.size());
  }

  private long matching(Place header) {
    return Names.matching(columns(header).names(), wanted);
  }

  private CsvColumns columns(Place header) {
    return new CsvColumns(options, wanted, rows, width, header.first(), header.data());
  }

  /** Rows of several values before the table; 0 where they are no more than notes. */
  private int leftOut(int first, boolean header) {
    List<CsvSample.Row> notes =
        rows.subList(0, first).stream()
            .filter(row -> row.filled() > (header ? 2 : 1) && !CsvNotes.isNote(row))
            .toList();
    long widths = notes.stream().map(row -> row.cells().size()).distinct().count();
    boolean alike = widths < notes.size();
    return notes.size() > MAX_NOTES || alike || !header ? notes.size() : 0;
  }

  /**
   * The line of a row of names as wide as the table, which blank or shorter lines part from it,
   * where numbers or dates stand before these and behind the names.
   */
  private long second(List<String> header, int data) {
    int end = data + 1;
    while (end < rows.size() && !isApart(end)) {
      end++;
    }
    boolean table = end - data >= MIN_ROWS && width > 1;
    if (!table || !new CsvHeaderRows(rows.subList(data, end), width).haveValues()) {
      return 0;
    }
    for (int i = end; i < rows.size() - 1; i++) {
      boolean follows = !isApart(i + 1) && !CsvHeaderRows.isHeaderLike(rows.get(i + 1));
      boolean again = CsvHeaderRows.isRepeated(header, rows.get(i).cells());
      if (isApart(i) && follows && !again && shapes.isFullHeader(i)) {
        return rows.get(i).line();
      }
    }
    return 0;
  }

  private boolean isApart(int index) {
    return isGap(index) || rows.get(index - 1).cells().size() < rows.get(index).cells().size();
  }

  /** After lines to skip, the header is the first row or none. */
  private boolean mayBeHeader(int row) {
    return options.header().orElse(true) && (row == 0 || options.skip() == 0);
  }

  /** Several header rows end with or begin at the row that has the names. */
  private int firstHeader(int named, int first) {
    int told = options.headerRows().orElse(1);
    return first <= named && named - first < told ? first : Math.max(0, named - told + 1);
  }

  /**
   * Physical lines up to the first data row, broken ones being data, too, where they cannot belong
   * to a title; the whole sample where there is none.
   */
  private long linesBefore(int data) {
    long end = data > 0 ? rows.get(data - 1).nextLine() - 1 : 0;
    long next = data < rows.size() ? rows.get(data).line() - 1 : end;
    return broken.stream()
        .map(fault -> fault.line() - 1)
        .filter(line -> line >= end && line < next)
        .findFirst()
        .orElse(next);
  }

  /** Titles and notes are narrower than the table, or one filled cell in a row of empty ones. */
  private int firstOfTable() {
    if (options.skip() > 0) {
      return 0;
    }
    int first = 0;
    int limit = Math.min(rows.size() - 1, SEARCHED + notes.count());
    while (first < limit
        && (CsvHeaderRows.isFrame(rows.get(first))
            || (width > 1 && (isPreamble(first) || isNote(first))))) {
      first++;
    }
    if (first < limit) {
      return belowGap(ownHeader(first, limit), limit);
    }
    return isAllButRows(first) ? first : 0;
  }

  /** A title and names, and nothing below: the export of an empty table. */
  private boolean isAllButRows(int last) {
    CsvSample.Row names = rows.get(last);
    return last > 0
        && last == rows.size() - 1
        && names.filled() == names.cells().size()
        && names.cells().size() > 2
        && options.mayHaveOneHeaderRow()
        && CsvHeaderRows.isHeaderLike(names)
        && rows.subList(0, last).stream().allMatch(row -> row.cells().size() == 1);
  }

  /** Rows as wide as the table may be notes, where names follow behind a gap. */
  private int belowGap(int first, int limit) {
    boolean told = !options.mayHaveOneHeaderRow();
    for (int i = first + 1; i < Math.min(limit, first + MAX_NOTES + 2) && !told; i++) {
      if (isGap(i) && !isGap(i + 1) && shapes.isSecondHeader(i)) {
        return shapes.areNotes(first, i) ? i : first;
      }
    }
    return first;
  }

  /** Before a row: a blank line or a row of nothing. */
  private boolean isGap(int index) {
    CsvSample.Row before = rows.get(index - 1);
    return before.nextLine() < rows.get(index).line() || before.filled() == 0;
  }

  /**
   * A narrow header may be that of another table, which stands before the one with the most rows:
   * then a row of names as wide as this one follows, and values under it.
   */
  private int ownHeader(int first, int limit) {
    if (rows.get(first).cells().size() >= width) {
      return first;
    }
    for (int i = first + 1; i < limit; i++) {
      if (rows.get(i).cells().size() == width) {
        return shapes.isHeader(i) && !CsvHeaderRows.isHeaderLike(rows.get(i + 1)) ? i : first;
      }
    }
    return first;
  }

  private boolean isPreamble(int index) {
    CsvSample.Row row = rows.get(index);
    int size = row.cells().size();
    if (size > width) {
      return isWideNote(index) || isOverNamesApart(index);
    }
    if (size < width) {
      if (isShortRow(row)) {
        return false;
      }
      if (isOverNamesApart(index)) {
        return true;
      }
      boolean trailing = row.filled() == size && CsvColumns.isEmptyFrom(size, rows, width);
      boolean names = CsvHeaderRows.isHeaderLike(row) || shapes.hasPeriods(index);
      return !trailing && !(names && row.filled() == size && size * 2 > width);
    }
    return (width > 2 && row.filled() <= 1 && !shapes.isLastName(index)) || isPaddedNote(index);
  }

  /** Texts in one field or two, but not in the last, then a gap and a name for each column. */
  private boolean isPaddedNote(int index) {
    int names = index;
    while (names < rows.size() - 1 && names - index <= MAX_PADDED && isPadded(rows.get(names))) {
      names++;
    }
    return names > index && isOverNamesApart(names - 1);
  }

  private boolean isPadded(CsvSample.Row row) {
    int texts = Math.min(2, width - 1);
    return row.cells().size() == width
        && row.cells().subList(texts, width).stream().allMatch(String::isBlank);
  }

  /** A gap follows, and behind it a row with a name for each column. */
  private boolean isOverNamesApart(int index) {
    int names = index + 1;
    return options.mayHaveHeader()
        && names < rows.size() - 1
        && isGap(names)
        && isNamed(rows.get(names).cells().size())
        && rows.get(names).filled() == rows.get(names).cells().size()
        && shapes.isHeader(names);
  }

  /** By so many names are all columns, but for empty fields that end each row. */
  private boolean isNamed(int names) {
    return names == width
        || (names > 1 && names < width && CsvColumns.isEmptyFrom(names, rows, width));
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
        && !CsvHeaderRows.isHeaderLike(rows.get(index))
        && rows.get(index + 1).cells().size() == width
        && shapes.isHeader(index + 1);
  }

  /**
   * The last of the lines behind {@code #} may be the header, but not over a header of words, and
   * not in itself where it has numbers.
   */
  private boolean isNote(int index) {
    if (index >= notes.count()) {
      return false;
    }
    CsvSample.Row row = rows.get(index);
    boolean last = index == notes.count() - 1;
    return CsvNotes.isWord(row)
        && (!last
            || row.cells().size() != width
            || shapes.isSecondHeader(index + 1)
            || isOverNamesApart(index)
            || (options.mayHaveHeader() && !shapes.isHeader(index)));
  }

  private int guess(int first) {
    if (options.header().isPresent() && !options.header().get()) {
      return 0;
    }
    boolean header = options.header().isPresent() || shapes.isHeader(first) || isOverNames(first);
    return header ? 1 + below(first, true) : 0;
  }

  /** Numbers among its names, but no row of values: words follow over columns that hold them. */
  private boolean isOverNames(int first) {
    return first + 2 < rows.size()
        && rows.get(first).cells().size() == width
        && shapes.isSecondHeader(first + 1)
        && shapes.areNotes(first, first + 1);
  }

  /**
   * Header rows under the first: words over columns that hold numbers and dates.
   *
   * @param mayBeGroups false where the first has all names that are wanted: it is no row of groups
   */
  private int below(int header, boolean mayBeGroups) {
    int more = 0;
    while (more < MAX_HEADER_ROWS - 1 && header + more + 2 < rows.size()) {
      int next = header + more + 1;
      boolean isUnderGroups = more == 0 && mayBeGroups && shapes.isUnderGroups(next);
      boolean isOverValues = next + MIN_ROWS < rows.size() && shapes.isSecondHeader(next);
      if (!isOverValues && !isUnderGroups && !shapes.isUnderNames(next)) {
        break;
      }
      more++;
    }
    return more;
  }
}
