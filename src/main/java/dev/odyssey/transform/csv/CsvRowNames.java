package dev.odyssey.transform.csv;

import dev.odyssey.transform.text.CellKind;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Tells whether the first column has no name, as R writes a table: the names of its rows stand
 * before the columns, and the header has a name too few. Immutable.
 *
 * @param rows of the sample
 * @param width fields of most rows
 */
record CsvRowNames(List<CsvSample.Row> rows, int width, String delimiter) {
  private static final int FEW = 3;

  /** What a column that counts its rows, or that tells them apart, may well be called. */
  private static final Pattern COUNTER =
      Pattern.compile(
          "(?i).*(id|key|nr|no\\.?|num|number|nummer|code|#|index|idx|row|line|pos|position|rank|seq|step"
              + "|time|year|month|week|day|hour|minute|second|level|count|order|item)s?|.?");

  /**
   * Where R would write a comma, it writes an empty name, too.
   *
   * @param header of one row, with the data under it
   */
  boolean areUnder(int header) {
    int data = header + 1;
    if (rows.get(header).cells().size() != width - 1 || rows.size() - data < FEW) {
      return false;
    }
    boolean usual = delimiter.equals(" ") || delimiter.equals("\t");
    boolean named =
        COUNTER.matcher(rows.get(header).cells().get(0).strip()).matches()
            && !delimiter.equals(" ");
    boolean counted = areCounted(data) && (usual || (width > 2 && !named));
    return (counted || (usual && width > 2 && !named && areTexts(data)))
        && !CsvColumns.isEmptyFrom(width - 1, rows.subList(data, rows.size()), width);
  }

  /** From 0 or 1; in quotes, as R has names of rows and no numbers, from anything. */
  private boolean areCounted(int data) {
    int next = -1;
    for (CsvSample.Row row : rows.subList(data, rows.size())) {
      String text = row.cells().get(0);
      if (!text.matches("\\d{1,9}")) {
        return false;
      }
      int number = Integer.parseInt(text);
      int first = row.quoted().get(0) ? number : Math.min(1, number);
      next = next < 0 ? first : next + 1;
      if (number != next) {
        return false;
      }
    }
    return true;
  }

  /** Texts or whole numbers, each another. */
  private boolean areTexts(int data) {
    Set<String> names = new HashSet<>();
    for (CsvSample.Row row : rows.subList(data, rows.size())) {
      List<String> cells = row.cells();
      String name = cells.get(0).strip();
      boolean value = CellKind.of(name).isValue() && !name.matches("\\d{1,9}");
      if (cells.size() != width || name.isEmpty() || value || !names.add(name)) {
        return false;
      }
    }
    return true;
  }
}
