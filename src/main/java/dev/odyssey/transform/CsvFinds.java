package dev.odyssey.transform;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The fields of a CSV file that are sought, and on which lines they were found. Not thread-safe.
 */
final class CsvFinds {
  /** Longer texts are not sought, in characters. */
  static final int LONGEST = 10_000;

  private final Map<Field, Integer> wanted = new HashMap<>();
  private final Map<Field, List<Long>> lines = new HashMap<>();

  /**
   * @param column from 0
   */
  record Field(int column, String text) {}

  /**
   * @param fields each as often as a line of it is wanted
   */
  CsvFinds(List<Field> fields) {
    for (Field field : fields) {
      if (field.text().length() <= LONGEST) {
        wanted.merge(field, 1, Integer::sum);
        lines.put(field, new ArrayList<>());
      }
    }
  }

  Set<Field> fields() {
    return wanted.keySet();
  }

  /** Physical lines from 1, ascending, at most as many as wanted. */
  Map<Field, List<Long>> lines() {
    return lines;
  }

  boolean isFound(Field field) {
    return lines.get(field).size() >= wanted.get(field);
  }

  boolean isAllFound() {
    return wanted.keySet().stream().allMatch(this::isFound);
  }

  void clear() {
    lines.values().forEach(List::clear);
  }

  /** Looks whether the record has some of the fields. */
  void note(CsvFields record, long line, Collection<Field> sought) {
    for (Field field : sought) {
      if (!isFound(field)
          && field.column() < record.size()
          && record.text(field.column()).equals(field.text())) {
        lines.get(field).add(line);
      }
    }
  }
}
