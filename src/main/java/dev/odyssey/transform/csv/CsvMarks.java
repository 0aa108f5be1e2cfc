package dev.odyssey.transform.csv;

import java.util.Map;
import java.util.TreeMap;

/**
 * Where some of a CSV file's records begin, about one in each megabyte, so that a record is found
 * by its number without reading what is before it. Not thread-safe while it grows.
 */
public final class CsvMarks {
  private final TreeMap<Long, Mark> marks = new TreeMap<>();

  /**
   * The beginning of a record.
   *
   * @param record its number, from 0, without the header
   * @param line physical lines before it
   * @param offset bytes before it
   */
  public record Mark(long record, long line, long offset) {}

  void add(long record, long line, long offset) {
    marks.put(record, new Mark(record, line, offset));
  }

  /** The last mark that is not behind a record; null for none. */
  public Mark before(long record) {
    Map.Entry<Long, Mark> found = marks.floorEntry(record);
    return found == null ? null : found.getValue();
  }

  /** The number of the next mark's record; the greatest number after the last mark. */
  public long end(Mark mark) {
    Long next = marks.higherKey(mark.record());
    return next == null ? Long.MAX_VALUE : next;
  }
}
