package dev.odyssey.transform.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The lines behind {@code #} at a CSV file's beginning, the last of which may be its header.
 * Immutable.
 *
 * @param count rows of the sample that are such lines; 0 where all are
 */
record CsvNotes(int count) {
  private static final String SIGN = "#";

  /** What stands before the names in the logs of web servers. */
  static final Pattern FIELDS = Pattern.compile("^#Fields:\\s*");

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

  /** {@code #7} may be a value, {@code #id} a name; {@code #Version: 1} is none. */
  static boolean isWord(CsvSample.Row row) {
    return row.cells().get(0).matches("(?s)#+([^\\p{L}\\p{N}].*|\\w+:.*)?");
  }

  /** Where each word is a field, {@code # a b} and {@code #Fields: a b} may be headers of two. */
  static CsvSample withoutSign(CsvSample sample) {
    int count = of(sample.rows()).count();
    if (count == 0) {
      return sample;
    }
    CsvSample.Row last = sample.rows().get(count - 1);
    List<String> names = last.cells().subList(1, last.cells().size());
    String sign = last.cells().get(0);
    if (!(sign.equals(SIGN) || FIELDS.matcher(sign).matches())
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
