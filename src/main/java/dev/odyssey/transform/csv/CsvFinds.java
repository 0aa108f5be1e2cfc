package dev.odyssey.transform.csv;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rows of a CSV file that are sought by what they hold, and on which lines they were found. Not
 * thread-safe.
 */
public final class CsvFinds {
  /** Longer texts are not sought, in characters. */
  static final int LONGEST = 10_000;

  private final List<String> nullTexts;
  private final Map<Row, Integer> wanted = new HashMap<>();
  private final Map<Row, List<Long>> lines = new HashMap<>();

  /**
   * @param columns from 0
   * @param texts one for each column; null for what the engine reads as NULL
   */
  public record Row(List<Integer> columns, List<String> texts) {
    public static Row of(int column, String text) {
      return new Row(List.of(column), List.of(text));
    }

    private boolean isShort() {
      return texts.stream().allMatch(text -> text == null || text.length() <= LONGEST);
    }
  }

  /**
   * @param rows each as often as a line of it is wanted
   * @param nullTexts what stands for NULL where it is not quoted, besides an empty field
   */
  public CsvFinds(List<Row> rows, List<String> nullTexts) {
    this.nullTexts = nullTexts;
    for (Row row : rows) {
      if (row.isShort()) {
        wanted.merge(row, 1, Integer::sum);
        lines.put(row, new ArrayList<>());
      }
    }
  }

  public Set<Row> rows() {
    return wanted.keySet();
  }

  /** Physical lines from 1, ascending, at most as many as wanted. */
  public Map<Row, List<Long>> lines() {
    return lines;
  }

  boolean isFound(Row row) {
    return lines.get(row).size() >= wanted.get(row);
  }

  public boolean isAllFound() {
    return wanted.keySet().stream().allMatch(this::isFound);
  }

  void clear() {
    lines.values().forEach(List::clear);
  }

  /** Looks whether the record is one of the rows. */
  public void note(CsvFields record, long line, Collection<Row> sought) {
    for (Row row : sought) {
      if (!isFound(row) && isSame(record, row)) {
        lines.get(row).add(line);
      }
    }
  }

  private boolean isSame(CsvFields record, Row row) {
    for (int i = 0; i < row.columns().size(); i++) {
      int column = row.columns().get(i);
      String text = row.texts().get(i);
      boolean same =
          column < record.size()
              && (text == null
                  ? isNull(record, column)
                  : record.text(column).equals(text) && !isNull(record, column));
      if (!same) {
        return false;
      }
    }
    return true;
  }

  private boolean isNull(CsvFields record, int column) {
    return !record.isQuoted(column)
        && (record.isEmpty(column) || nullTexts.contains(record.text(column)));
  }
}
