package dev.odyssey.transform;

import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.TreeSet;

/**
 * Looks for fields in the records that are likely to have them, without reading what lies between.
 * Stateless.
 */
final class CsvLookup {
  private static final int MAX_PIECES = 64;

  private CsvLookup() {}

  /**
   * @param records numbers from 0, without the header
   * @param finds gets what is found; of records that are far apart, only the first are looked at
   */
  static void look(
      Path file, CsvDialect dialect, CsvMarks marks, Collection<Long> records, CsvFinds finds)
      throws IOException {
    TreeSet<Long> ahead = new TreeSet<>(records);
    try (FileChannel channel = FileChannel.open(file)) {
      for (int pieces = 0; pieces < MAX_PIECES && !ahead.isEmpty(); pieces++) {
        CsvMarks.Mark mark = marks.before(ahead.first());
        if (mark == null || finds.isAllFound()) {
          return;
        }
        channel.position(mark.offset());
        CsvRecords piece = new CsvRecords(Channels.newInputStream(channel), dialect);
        long number = mark.record();
        while (!ahead.isEmpty() && mark.equals(marks.before(ahead.first())) && piece.next()) {
          if (piece.isBlank()) {
            continue; // no record for the engine
          }
          if (number == ahead.first() && piece.fault() == null) {
            finds.note(piece.fields(), mark.line() + piece.line(), finds.fields());
          }
          if (number++ == ahead.first()) {
            ahead.pollFirst();
          }
        }
        ahead.removeIf(record -> mark.equals(marks.before(record)));
      }
    }
  }
}
