package dev.odyssey.transform.csv;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The empty corner of a table that blanks align: where the header alone begins with blanks and has
 * a name too few, the first column has none. Stateless.
 */
final class CsvCorner {
  private CsvCorner() {}

  static CsvSample named(CsvSample sample, byte[] head) {
    int width = sample.width();
    List<String> lines = new String(head, StandardCharsets.UTF_8).lines().toList();
    for (int i = 0; i + 1 < sample.rows().size(); i++) {
      CsvSample.Row row = sample.rows().get(i);
      CsvSample.Row next = sample.rows().get(i + 1);
      if (next.cells().size() == width) {
        boolean corner =
            row.cells().size() == width - 1 && isIndented(row, lines) && !isIndented(next, lines);
        return corner ? withCorner(sample, i) : sample;
      }
    }
    return sample;
  }

  private static boolean isIndented(CsvSample.Row row, List<String> lines) {
    int line = (int) row.line() - 1; // beyond the lines where a told sign ends the records
    return line < lines.size() && lines.get(line).startsWith(" ");
  }

  private static CsvSample withCorner(CsvSample sample, int index) {
    CsvSample.Row row = sample.rows().get(index);
    List<String> cells = new ArrayList<>(row.cells());
    cells.add(0, "");
    List<CsvSample.Row> rows = new ArrayList<>(sample.rows());
    rows.set(index, new CsvSample.Row(row.line(), row.nextLine(), cells));
    return new CsvSample(rows, sample.broken());
  }
}
