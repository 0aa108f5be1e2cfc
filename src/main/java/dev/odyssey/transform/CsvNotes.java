package dev.odyssey.transform;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines behind {@code #} at a CSV file's beginning, the last of which may be its header.
 * Immutable.
 *
 * @param count rows of the sample that are such lines; 0 where all are
 */
record CsvNotes(int count) {
  private static final String SIGN = "#";

  /** That follow, where the lines are notes of a table. */
  static final int MIN_ROWS = 2;

  static CsvNotes of(List<CsvSample.Row> rows) {
    int count = 0;
    while (count < rows.size() && isNote(rows.get(count))) {
      count++;
    }
    return new CsvNotes(count < rows.size() ? count : 0);
  }

  static boolean isNote(CsvSample.Row row) {
    return row.cells().get(0).startsWith(SIGN);
  }

  /** No letter or digit follows the sign: {@code #7} may be a value, {@code #id} a name. */
  static boolean isWord(CsvSample.Row row) {
    return row.cells().get(0).matches("(?s)#+([^\\p{L}\\p{N}].*)?");
  }

  /** Where each word is a field, {@code # a b} may be the header of two columns. */
  static CsvSample withoutSign(CsvSample sample) {
    int count = of(sample.rows()).count();
    if (count == 0) {
      return sample;
    }
    CsvSample.Row last = sample.rows().get(count - 1);
    List<String> names = last.cells().subList(1, last.cells().size());
    if (!last.cells().get(0).equals(SIGN)
        || names.size() != sample.rows().get(count).cells().size()) {
      return sample;
    }
    List<CsvSample.Row> rows = new ArrayList<>(sample.rows());
    rows.set(count - 1, new CsvSample.Row(last.line(), last.nextLine(), names));
    return new CsvSample(rows, sample.broken());
  }

  /**
   * Bytes before the last of these lines, which tell nothing of the dialect; 0 where hardly a row
   * follows.
   */
  static int before(byte[] sample) {
    int last = 0;
    int at = 0;
    while (at < sample.length && sample[at] == '#') {
      last = at;
      at = next(sample, at);
    }
    int rows = 0;
    for (int row = at; row < sample.length && rows < MIN_ROWS; row = next(sample, row)) {
      rows++;
    }
    return rows < MIN_ROWS ? 0 : last;
  }

  /** Behind the line end. */
  private static int next(byte[] sample, int at) {
    int end = at;
    while (end < sample.length && sample[end] != '\n' && sample[end] != '\r') {
      end++;
    }
    while (end < sample.length && (sample[end] == '\n' || sample[end] == '\r')) {
      end++;
    }
    return end;
  }
}
