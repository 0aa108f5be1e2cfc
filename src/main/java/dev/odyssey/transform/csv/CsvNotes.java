package dev.odyssey.transform.csv;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The lines behind {@code #}, {@code !} or {@code %} at a CSV file's beginning, the last of which
 * may be its header. Immutable.
 *
 * @param count rows of the sample that are such lines; 0 where all are
 */
record CsvNotes(int count) {
  private static final String SIGN = "#";

  /** Beside it, as oscilloscopes, network analysers and MATLAB write them. */
  private static final Pattern OTHER_SIGN = Pattern.compile("(?s)[!%]+([ \\p{L}].*)?");

  /** What stands before the names in the logs of web servers, and of Zeek without the colon. */
  static final Pattern FIELDS = Pattern.compile("^#[Ff]ields(:|(?=\\s)|$)\\s*");

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
    String first = row.cells().get(0);
    return first.startsWith(SIGN) || OTHER_SIGN.matcher(first).matches();
  }

  /** {@code #7} may be a value, {@code #id} a name; {@code #Version: 1} is none. */
  static boolean isWord(CsvSample.Row row) {
    return row.cells().get(0).matches("(?s)[#!%]+([^\\p{L}\\p{N}].*|\\w+:.*)?");
  }

  /**
   * Where each word is a field, {@code # a b} and {@code #Fields: a b} may be headers of two; so
   * may the latter be where it ends with a delimiter.
   */
  static CsvSample withoutSign(CsvSample notes, CsvDialect dialect) {
    CsvSample sample = withoutEmpty(notes);
    List<CsvSample.Row> rows = sample.rows();
    int count = of(rows).count();
    for (int i = count - 1; i >= 0; i--) {
      CsvSample.Row row = rows.get(i);
      String sign = row.cells().get(0);
      boolean last = i == count - 1 && dialect.isBlank() && sign.matches("[#!%]");
      if ((last || FIELDS.matcher(sign).matches())
          && row.cells().size() - 1 == rows.get(count).cells().size()) {
        List<String> names = row.cells().subList(1, row.cells().size());
        List<CsvSample.Row> table = new ArrayList<>(rows.subList(0, i));
        table.add(new CsvSample.Row(row.line(), row.nextLine(), names));
        table.addAll(rows.subList(count, rows.size()));
        return new CsvSample(
            i == count - 1 ? table : table.subList(i, table.size()), sample.broken());
      }
    }
    return sample;
  }

  /**
   * The last line where it has nothing but the sign and the names stand above it, as KNMI writes.
   */
  private static CsvSample withoutEmpty(CsvSample sample) {
    List<CsvSample.Row> rows = sample.rows();
    int last = of(rows).count() - 1;
    if (last < 1
        || !rows.get(last).cells().equals(List.of(SIGN))
        || rows.get(last - 1).cells().size() < 2
        || rows.get(last - 1).cells().size() != rows.get(last + 1).cells().size()) {
      return sample;
    }
    List<CsvSample.Row> table = new ArrayList<>(rows);
    table.remove(last);
    return new CsvSample(table, sample.broken());
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
