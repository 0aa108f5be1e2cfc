package dev.odyssey.transform.csv;

import dev.odyssey.transform.text.LineEnds;
import dev.odyssey.transform.text.Names;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/** Finds where a CSV file's header and data begin, past titles and notes. Immutable. */
final class CsvHeader {
  static final int SEARCHED = 100;
  private static final int MAX_HEADER_ROWS = 8;

  /** Under a second header: above a single row of numbers, words may be one, too. */
  private static final int MIN_ROWS = 2;

  private final CsvOptions options;
  private final Collection<String> wanted;
  private final List<CsvSample.Row> rows;
  private final List<CsvSample.Broken> broken;
  private final int width;
  private final CsvHeaderRows shapes;
  private final CsvFurtherNames further;
  private final CsvRowNames rowNames;
  private final CsvTitles titles;

  CsvHeader(CsvOptions options, Collection<String> wanted, CsvSample sample, String delimiter) {
    this.options = options;
    this.wanted = wanted;
    this.rows = sample.rows();
    this.broken = sample.broken();
    this.width = sample.width();
    this.shapes = new CsvHeaderRows(rows, width);
    this.further = new CsvFurtherNames(rows, width);
    this.rowNames = new CsvRowNames(rows, width, delimiter);
    this.titles = new CsvTitles(options, rowNames, CsvNotes.of(rows), shapes);
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
    int moved = moved();
    return moved < 0 ? usual(dialect, head) : moved(dialect, moved);
  }

  private CsvLayout usual(CsvDialect dialect, byte[] head) {
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
        titles.leftOut(first, data > first),
        data > first ? second(names, ruled) : between(first),
        0,
        options.columns().isEmpty() ? names : List.of(),
        first > 0 && data > first && data == rows.size(),
        before,
        ruled > data ? rows.get(data).cells() : List.of(),
        plain ? LineEnds.of(head, before).usual() : "");
  }

  /** Of rows that stand above their names, and to be read by our reader, which rejects these. */
  private CsvLayout moved(CsvDialect dialect, int names) {
    int first = titles.end();
    CsvColumns columns = columns(new Place(names, names + 1));
    return new CsvLayout(
        dialect,
        columns.names(),
        columns.trailing(),
        titles.leftOut(first, false),
        0,
        rows.get(names).line(),
        rows.get(names).cells(),
        false,
        linesBefore(first),
        List.of(),
        "");
  }

  /**
   * The row that has the names that are wanted, where rows stand above it and nothing is told of
   * the header; else -1. Nothing but these names tells it from a row of words for what is missing.
   */
  private int moved() {
    boolean told = options.header().isPresent() || options.headerRows().isPresent();
    int first = titles.end();
    if (told || options.skip() > 0 || !options.columns().isEmpty() || guess(first) > 0) {
      return -1;
    }
    int moved = new CsvMovedHeader(rows, width).find(first);
    return find(rows, wanted).filter(row -> row == moved).orElse(-1);
  }

  /**
   * Where the header's rows are.
   *
   * @param data the row after them; {@code first} where there is none
   */
  private record Place(int first, int data) {}

  /** By the wanted names, but where those that several rows make together are more of them. */
  private Place place() {
    int first = titles.end();
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
    int last = header.data() - 1;
    boolean beside = last > header.first() && (further.isImport(last) || further.areTypes(last));
    int end = beside ? header.first() + 1 : header.data();
    return new CsvColumns(options, wanted, rowNames, header.first(), end);
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
      boolean units = CsvHeaderRows.isHeaderLike(rows.get(i + 1)) && shapes.isSecondHeader(i);
      int below = units ? i + 2 : i + 1;
      boolean follows =
          below < rows.size()
              && IntStream.rangeClosed(i + 1, below).noneMatch(this::isApart)
              && !CsvHeaderRows.isHeaderLike(rows.get(below));
      boolean again = CsvHeaderRows.isRepeated(header, rows.get(i).cells());
      if (isApart(i) && follows && !again && shapes.isFullHeader(i)) {
        return rows.get(i).line();
      }
    }
    return 0;
  }

  /** The line of a row between the others that looks like their names, which nothing asks for. */
  private long between(int first) {
    boolean told = options.header().isPresent() || options.headerRows().isPresent();
    int names = told ? -1 : new CsvMovedHeader(rows, width).find(first);
    return names < 0 ? second(List.of(), first) : rows.get(names).line();
  }

  private boolean isApart(int index) {
    return titles.isGap(index)
        || rows.get(index - 1).cells().size() < rows.get(index).cells().size();
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

  private int guess(int first) {
    if (options.header().isPresent() && !options.header().get()) {
      return 0;
    }
    boolean header =
        options.header().isPresent()
            || shapes.isHeader(first)
            || isOverNames(first)
            || further.isCounted(first);
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
    int beside = further.besideNames(header);
    if (beside > 0) {
      return beside;
    }
    int more = 0;
    while (more < MAX_HEADER_ROWS - 1 && header + more + 2 < rows.size()) {
      int next = header + more + 1;
      boolean isUnderGroups =
          more == 0 && mayBeGroups && (shapes.isUnderGroups(next) || further.fillsGaps(next));
      boolean isOverValues = next + MIN_ROWS < rows.size() && shapes.isSecondHeader(next);
      boolean isPeriods = further.arePeriods(next);
      if (!isOverValues && !isUnderGroups && !isPeriods && !shapes.isUnderNames(next)) {
        break;
      }
      more++;
    }
    int next = header + more + 1;
    return more > 0 && next < rows.size() && further.isIndexName(next) ? more + 1 : more;
  }
}
