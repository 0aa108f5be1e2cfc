package dev.odyssey.transform.csv;

import dev.odyssey.transform.text.CellKind;
import java.util.List;
import java.util.regex.Pattern;
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

  /** As databases and programs call them. */
  private static final Pattern TYPE =
      Pattern.compile(
          "(?i)(u?(tiny|small|medium|big|huge)?int(eger)?\\d*|n?(var)?char2?|text|string|str|double|float\\d*"
              + "|real|numeric|decimal|bool(ean)?|date|datetime\\d*|time|timestamp(tz)?|uuid|json|blob"
              + "|(var)?binary|[iuf]\\d+)(\\(\\d+(, ?\\d+)?\\))?(\\[\\])?");

  /** Of these; the others may be names, such as Date and Time. */
  private static final Pattern NO_NAME =
      Pattern.compile(
          "(?i).*(int|char|bool|double|float|numeric|decimal|string|timestamp).*|[iuf]\\d+");

  /** Under each name, as Qualtrics keeps what it knows of a question. */
  private static final String IMPORT = "{\"ImportId\":";

  /**
   * Rows under the first whose last tells where each column was imported from, or one that tells
   * their types; else 0.
   */
  int besideNames(int header) {
    for (int more = 1; more <= 2; more++) {
      if (header + more < rows.size() && isImport(header + more)) {
        return more;
      }
    }
    return header + 1 < rows.size() && areTypes(header + 1) ? 1 : 0;
  }

  /** Over rows that are none: a table of types has them in each. */
  boolean areTypes(int index) {
    return width > 1
        && index > 0
        && isTypes(rows.get(index))
        && rows.get(index).cells().stream().anyMatch(cell -> NO_NAME.matcher(cell).find())
        && rows.subList(index + 1, rows.size()).stream().noneMatch(CsvFurtherNames::isTypes)
        && index + 1 < rows.size();
  }

  private static boolean isTypes(CsvSample.Row row) {
    return row.cells().stream().allMatch(cell -> TYPE.matcher(cell.strip()).matches());
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

  /**
   * The name of the first column alone, under rows of names for the others, which pandas writes
   * where they have several; each row below has more than that.
   */
  boolean isIndexName(int index) {
    CsvSample.Row row = rows.get(index);
    List<CsvSample.Row> below = rows.subList(index + 1, rows.size());
    return width > 2
        && row.cells().size() == width
        && row.filled() == 1
        && CellKind.of(row.cells().get(0)) == CellKind.WORDS
        && below.size() > 1
        && below.stream().allMatch(other -> other.filled() > 1 && !other.cells().get(0).isBlank());
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

  /**
   * Beside an empty corner, or one of signs as {@code <>}, 1, 2, 3 and on, over rows that begin
   * with words: a plate's columns; or 0, 1, 2 and on, over rows that begin with anything: a frame
   * of pandas without names.
   */
  boolean isCounted(int index) {
    List<String> cells = rows.get(index).cells();
    List<CsvSample.Row> below = rows.subList(index + 1, rows.size());
    if (cells.size() != width || hasName(cells.get(0)) || below.size() < 2) {
      return false;
    }
    List<CellKind> names = below.stream().map(row -> CellKind.of(row.cells().get(0))).toList();
    boolean words = names.stream().noneMatch(CellKind::isValue);
    return names.stream().noneMatch(kind -> kind == CellKind.EMPTY)
        && (isCount(cells, 0) || (words && width > MIN_COUNTED && isCount(cells, 1)));
  }

  private static boolean hasName(String cell) {
    return cell.chars().anyMatch(Character::isLetterOrDigit);
  }

  private static boolean isCount(List<String> cells, int from) {
    return cells.size() > 1
        && IntStream.range(1, cells.size())
            .allMatch(
                column -> cells.get(column).strip().equals(String.valueOf(column - 1 + from)));
  }
}
