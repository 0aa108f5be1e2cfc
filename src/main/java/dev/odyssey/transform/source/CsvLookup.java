package dev.odyssey.transform.source;

import dev.odyssey.transform.csv.CsvDialect;
import dev.odyssey.transform.csv.CsvFinds;
import dev.odyssey.transform.csv.CsvMarks;
import dev.odyssey.transform.csv.CsvRecords;
import java.io.IOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads single records of a CSV file by their numbers, without what lies between: from 0, without
 * the header. Of records that are far apart, only the first. Immutable.
 */
record CsvLookup(Path file, CsvDialect dialect, CsvMarks marks) {
  private static final int MAX_PIECES = 64;

  private interface Reader {
    /** False to read no more of them. */
    boolean read(long number, CsvMarks.Mark mark, CsvRecords record);
  }

  /** Looks for rows among the records that are likely to be them. */
  void look(Collection<Long> records, CsvFinds finds) throws IOException {
    read(
        records,
        (number, mark, record) -> {
          finds.note(record.fields(), mark.line() + record.line(), finds.rows());
          return !finds.isAllFound();
        });
  }

  /** Where records stand. */
  Map<Long, Source.Place> places(Collection<Long> records) throws IOException {
    Map<Long, Source.Place> places = new TreeMap<>();
    read(
        records,
        (number, mark, record) -> {
          places.put(
              number,
              new Source.Place(mark.line() + record.line(), mark.offset() + record.offset()));
          return true;
        });
    return places;
  }

  private void read(Collection<Long> records, Reader reader) throws IOException {
    TreeSet<Long> ahead = new TreeSet<>(records);
    try (FileChannel channel = FileChannel.open(file)) {
      for (int pieces = 0; pieces < MAX_PIECES && !ahead.isEmpty(); pieces++) {
        CsvMarks.Mark mark = marks.before(ahead.first());
        if (mark == null) {
          return;
        }
        channel.position(mark.offset());
        CsvRecords piece = new CsvRecords(Channels.newInputStream(channel), dialect);
        SortedSet<Long> here = ahead.headSet(marks.end(mark));
        long number = mark.record();
        while (!here.isEmpty() && piece.next()) {
          if (piece.isBlank()) {
            continue; // no record for the engine
          }
          if (here.remove(number) && piece.fault() == null && !reader.read(number, mark, piece)) {
            return;
          }
          number++;
        }
        here.clear();
      }
    }
  }
}
