package dev.odyssey.transform;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads single records of a CSV file, without what lies between. Stateless. */
final class CsvLookup {
  private static final int MAX_PIECES = 64;

  private CsvLookup() {}

  private interface Reader {
    /** False to read no more of them. */
    boolean read(long number, CsvMarks.Mark mark, CsvRecords record);
  }

  /**
   * Looks for fields in the records that are likely to have them.
   *
   * @param records numbers from 0, without the header
   * @param finds gets what is found; of records that are far apart, only the first are looked at
   */
  static void look(
      Path file, CsvDialect dialect, CsvMarks marks, Collection<Long> records, CsvFinds finds)
      throws IOException {
    read(
        file,
        dialect,
        marks,
        records,
        (number, mark, record) -> {
          finds.note(record.fields(), mark.line() + record.line(), finds.fields());
          return !finds.isAllFound();
        });
  }

  /**
   * Where records stand; of records that are far apart, only the first.
   *
   * @param records numbers from 0, without the header
   */
  static Map<Long, Source.Place> places(
      Path file, CsvDialect dialect, CsvMarks marks, Collection<Long> records) throws IOException {
    Map<Long, Source.Place> places = new TreeMap<>();
    read(
        file,
        dialect,
        marks,
        records,
        (number, mark, record) -> {
          places.put(
              number,
              new Source.Place(mark.line() + record.line(), mark.offset() + record.offset()));
          return true;
        });
    return places;
  }

  private static void read(
      Path file, CsvDialect dialect, CsvMarks marks, Collection<Long> records, Reader reader)
      throws IOException {
    TreeSet<Long> ahead = new TreeSet<>(records);
    try (FileChannel channel = FileChannel.open(file)) {
      for (int pieces = 0; pieces < MAX_PIECES && !ahead.isEmpty(); pieces++) {
        CsvMarks.Mark mark = marks.before(ahead.first());
        if (mark == null) {
          return;
        }
        channel.position(mark.offset());
        CsvRecords piece = new CsvRecords(Channels.newInputStream(channel), dialect);
        long number = mark.record();
        while (!ahead.isEmpty() && mark.equals(marks.before(ahead.first())) && piece.next()) {
          if (piece.isBlank()) {
            continue; // no record for the engine
          }
          if (number == ahead.first()) {
            ahead.pollFirst();
            if (piece.fault() == null && !reader.read(number, mark, piece)) {
              return;
            }
          }
          number++;
        }
        ahead.removeIf(record -> mark.equals(marks.before(record)));
      }
    }
  }
}
