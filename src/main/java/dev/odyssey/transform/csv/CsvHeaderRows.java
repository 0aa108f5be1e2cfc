package dev.odyssey.transform.csv;

import dev.odyssey.transform.text.CellKind;
import dev.odyssey.transform.text.ValueShape;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Tells of the rows at a CSV file's beginning which ones look like those of a header. Immutable.
 *
 * @param rows of the sample; indexes count them from 0
 * @param width fields of most rows
 */
record CsvHeaderRows(List<CsvSample.Row> rows, int width) {
  private static final int OFTEN = 3;
  private static final Pattern RULE = Pattern.compile("[-=+:| ]*");

  /** As {@code mysql} and SAP draw it above and below their tables. */
  private static final Pattern FRAME = Pattern.compile("\\+[-+]+\\+ *|-{5,} *|={5,} *");

  private static final Pattern DRAWN = Pattern.compile("---|===");

  /** Beside {@link CellKind#NOTHING}. */
  private static final Pattern PLACEHOLDER =
      Pattern.compile("(?i)#?n\\.?/?a\\.?|unknown|missing|tbd|error|#.*!|[-.?*]+");

  private static final Pattern QUOTED = Pattern.compile("^(['`\"])(.*)\\1$");
  private static final Pattern PAIR = Pattern.compile("\\p{L}[\\w.-]*=.*");

  /** Or a day with dots, which may be a number, too. */
  private static final Pattern YEAR = Pattern.compile("(\\d{1,2}\\.\\d{1,2}\\.)?(19|20)\\d\\d");

  boolean isHeader(int first) {
    CsvSample.Row row = rows.get(first);
    return (isHeaderLike(row)
            && hasText(row)
            && !isPairs(row)
            && !comesAgain(first)
            && !isOfValues(first))
        || hasPeriods(first);
  }

  /** Beside words for a value that is not there. */
  private static boolean hasText(CsvSample.Row row) {
    return row.cells().stream()
        .map(String::strip)
        .anyMatch(cell -> !cell.isEmpty() && !isPlaceholder(cell));
  }

  /** A name for each column, and none that may stand for a value that is not there. */
  boolean isFullHeader(int index) {
    CsvSample.Row row = rows.get(index);
    return row.cells().size() == width
        && row.filled() == width
        && row.cells().stream().map(String::strip).noneMatch(CsvHeaderRows::isPlaceholder)
        && isHeader(index);
  }

  /** Each with its name: {@code a=1,b=2}. */
  private static boolean isPairs(CsvSample.Row row) {
    return row.cells().size() > 1
        && row.cells().stream().allMatch(cell -> PAIR.matcher(cell).matches());
  }

  /** An address or a code over nothing but such. */
  private boolean isOfValues(int index) {
    List<String> cells = rows.get(index).cells();
    return IntStream.range(0, cells.size())
        .anyMatch(
            column ->
                ValueShape.isSame(cells.get(column), cells, filled(column, index + 1).toList()));
  }

  /**
   * In a table of texts alone, a row most of whose texts stand below in other rows is one of them,
   * and so is one with a text that a fifth of them have; in any table one that is mostly empty and
   * has a text that half of them have.
   */
  private boolean comesAgain(int index) {
    List<String> cells = rows.get(index).cells();
    List<CsvSample.Row> others =
        rows.subList(index + 1, rows.size()).stream()
            .filter(row -> row.cells().size() == cells.size() && !isRepeated(cells, row.cells()))
            .toList();
    long again = 0;
    long most = 0; // rows that have one of its texts
    for (int i = 0; i < cells.size(); i++) {
      int column = i;
      String text = cells.get(i);
      long same = others.stream().filter(row -> row.cells().get(column).equals(text)).count();
      if (!text.isBlank() && same > 0) {
        again++;
        most = Math.max(most, same);
      }
    }
    long filled = rows.get(index).filled();
    if (most >= OFTEN && most * 2 >= others.size() && filled * 2 < cells.size()) {
      return true;
    }
    boolean often = most >= OFTEN && most * 5 >= others.size();
    return (often || (again > 1 && again * 2 > filled))
        && IntStream.range(0, cells.size()).noneMatch(column -> holdsValues(column, index + 1));
  }

  /**
   * Words or an empty corner, and years or days over columns that hold something else, or numbers
   * over columns of words.
   */
  boolean hasPeriods(int index) {
    List<String> cells = rows.get(index).cells();
    int words = 0;
    int periods = 0;
    for (int column = 0; column < cells.size(); column++) {
      CellKind kind = CellKind.of(cells.get(column));
      words += kind == CellKind.WORDS || kind == CellKind.ODD ? 1 : 0;
      boolean names =
          isPeriod(cells.get(column))
              ? !holdsPeriods(column, index + 1)
              : holdsWords(column, index + 1);
      if (kind.isValue() && !names) {
        return false;
      }
      periods += kind.isValue() && holdsAny(column, index + 1) ? 1 : 0;
    }
    return (words > 0 || cells.get(0).isBlank()) && periods > 1;
  }

  /** Also behind the byte-order mark of a file that was joined to the one before. */
  static boolean isRepeated(List<String> header, List<String> cells) {
    return cells.size() == header.size()
        && IntStream.range(0, cells.size())
            .allMatch(i -> cells.get(i).replace("\ufeff", "").equals(header.get(i)));
  }

  private static boolean isPeriod(String cell) {
    return YEAR.matcher(cell.strip()).matches() || CellKind.of(cell) == CellKind.DATE;
  }

  /** In half of its cells, since a column of days may have others that are none. */
  private boolean holdsPeriods(int column, int from) {
    List<String> cells = filled(column, from).toList();
    long periods = cells.stream().filter(CsvHeaderRows::isPeriod).count();
    return periods > 0 && periods * 2 >= cells.size();
  }

  /** At least two, and no number or date. */
  private boolean holdsWords(int column, int from) {
    List<String> words = filled(column, from).filter(cell -> !isPlaceholder(cell)).toList();
    return words.size() > 1 && words.stream().noneMatch(cell -> CellKind.of(cell).isValue());
  }

  private boolean holdsAny(int column, int from) {
    return filled(column, from).findAny().isPresent();
  }

  private Stream<String> filled(int column, int from) {
    return rows.subList(from, rows.size()).stream()
        .filter(row -> column < row.cells().size())
        .map(row -> row.cells().get(column))
        .filter(cell -> !cell.isBlank());
  }

  /** A number in quotes that are not those of the file is one, too. */
  static boolean isHeaderLike(CsvSample.Row row) {
    return row.cells().stream()
        .map(cell -> QUOTED.matcher(cell).replaceFirst("$2"))
        .noneMatch(cell -> CellKind.of(cell).isValue());
  }

  /** The line that database clients draw under the names. */
  boolean isRule(int index) {
    return index < rows.size()
        && rows.get(index).cells().stream().allMatch(cell -> RULE.matcher(cell).matches())
        && rows.get(index).cells().stream().anyMatch(cell -> DRAWN.matcher(cell).find());
  }

  /** The line that a drawn frame begins or ends with. */
  static boolean isFrame(CsvSample.Row row) {
    return row.cells().size() == 1 && FRAME.matcher(row.cells().get(0)).matches();
  }

  static boolean isPlaceholder(String cell) {
    return CellKind.NOTHING.contains(cell.toLowerCase(Locale.ROOT))
        || PLACEHOLDER.matcher(cell).matches();
  }

  boolean isSecondHeader(int index) {
    CsvSample.Row row = rows.get(index);
    if (row.cells().size() != width || !isHeaderLike(row) || isRule(index)) {
      return false;
    }
    int typed = 0;
    int empty = 0;
    for (int column = 0; column < width; column++) {
      String cell = row.cells().get(column).strip();
      if (holdsValues(column, index + 1)) {
        if (cell.isEmpty() || isPlaceholder(cell)) {
          return false;
        }
        typed++;
      } else if (cell.isEmpty() && !holdsAny(column, index + 1)) {
        empty++;
      }
    }
    return typed >= 2 && typed * 3 >= width - empty;
  }

  /**
   * As units and kinds stand under names, with gaps: words over columns of numbers and dates alone;
   * or a row of words over such a row.
   */
  boolean isUnderNames(int index) {
    return isWithGaps(index)
        || (isWordsOnly(index) && index + 2 < rows.size() && isWithGaps(index + 1));
  }

  /** The only name, over the last column, whose values begin in the next row. */
  boolean isLastName(int index) {
    if (index + 1 >= rows.size()) {
      return false;
    }
    CsvSample.Row row = rows.get(index);
    CsvSample.Row next = rows.get(index + 1);
    return row.filled() == 1
        && !row.cells().get(width - 1).isBlank()
        && isHeaderLike(row)
        && next.cells().size() == width
        && CellKind.of(next.cells().get(width - 1)).isValue()
        && holdsValues(width - 1, index + 1);
  }

  private boolean isWordsOnly(int index) {
    CsvSample.Row row = rows.get(index);
    return row.cells().size() == width
        && row.filled() > 0
        && row.cells().get(0).isBlank()
        && isHeaderLike(row);
  }

  private boolean isWithGaps(int index) {
    CsvSample.Row row = rows.get(index);
    if (row.cells().size() != width || !isHeaderLike(row) || isRule(index)) {
      return false;
    }
    int words = 0;
    int typed = 0;
    for (int column = 0; column < width; column++) {
      String cell = row.cells().get(column).strip();
      boolean values = holdsValues(column, index + 1);
      if (!cell.isEmpty() && (!values || isPlaceholder(cell))) {
        return false;
      }
      words += cell.isEmpty() ? 0 : 1;
      typed += values ? 1 : 0;
    }
    return words >= 2 && words * 3 >= typed;
  }

  /** Names under the names of groups, which stand over the first column of each. */
  boolean isUnderGroups(int index) {
    CsvSample.Row groups = rows.get(index - 1);
    CsvSample.Row row = rows.get(index);
    long gaps = width - groups.filled();
    return groups.cells().size() == width
        && gaps > 1
        && gaps * 3 >= width
        && row.cells().size() == width
        && row.filled() == width
        && row.cells().stream().distinct().count() == width
        && isHeader(index);
  }

  /** True where none of the rows before a header has a value in each column that has them below. */
  boolean areNotes(int first, int header) {
    List<Integer> typed =
        IntStream.range(0, width)
            .filter(column -> holdsValues(column, header + 1))
            .boxed()
            .toList();
    return rows.subList(first, header).stream()
        .map(CsvSample.Row::cells)
        .noneMatch(
            cells ->
                typed.stream()
                    .allMatch(c -> c < cells.size() && CellKind.of(cells.get(c)).isValue()));
  }

  /** True where a column has nothing else but numbers and dates. */
  boolean haveValues() {
    return IntStream.range(0, width).anyMatch(column -> holdsValues(column, 0));
  }

  /** Nothing else, but for a tenth. */
  boolean holdsValues(int column, int from) {
    int values = 0;
    int filled = 0;
    for (CsvSample.Row row : rows.subList(Math.min(from, rows.size()), rows.size())) {
      if (column < row.cells().size()) {
        String cell = row.cells().get(column);
        CellKind kind = CellKind.of(cell);
        filled += kind == CellKind.EMPTY || isPlaceholder(cell.strip()) ? 0 : 1;
        values += kind.isValue() ? 1 : 0;
      }
    }
    return filled > 0 && values >= filled * 0.9;
  }
}
