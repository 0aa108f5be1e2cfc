package dev.odyssey.transform.csv;

import dev.odyssey.transform.csv.CsvFinds.Row;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * Finds the physical lines of a few rows of a CSV file by what they hold. Sweeps over the bytes,
 * counting line ends and quotes, and parses only the records that hold one of the texts; only where
 * the quotes do not pair, every record. Used once.
 */
public final class CsvLines {
  private static final int BATCH = 64;
  private static final int MAX_PARSED = 2_000;
  private static final int REACH = CsvFinds.LONGEST * 4;

  private final Path file;
  private final CsvLayout layout;
  private final CsvFinds finds;

  private CsvLines(Path file, CsvLayout layout, CsvFinds finds) {
    this.file = file;
    this.layout = layout;
    this.finds = finds;
  }

  /**
   * @param finds gets as many lines for each row as it wants; fewer where the file does not have it
   *     so often
   */
  public static void find(Path file, CsvLayout layout, CsvFinds finds) throws IOException {
    CsvLines search = new CsvLines(file, layout, finds);
    finds.clear();
    if (!finds.rows().isEmpty() && !search.new Sweep().run()) {
      search.parse();
    }
  }

  private void parse() throws IOException {
    finds.clear();
    try (CsvRecords records = new CsvRecords(Files.newInputStream(file), layout.dialect())) {
      records.skipLines(layout.linesBefore());
      while (!finds.isAllFound() && records.next()) {
        if (records.fault() == null) {
          finds.note(records.fields(), records.line(), finds.rows());
        }
      }
    }
  }

  /** What the file must hold of a row's texts, however they are quoted; the longest such piece. */
  private byte[] needle(Row row) {
    String written = layout.dialect().quote().equals("'") ? "[^'\\\\\r\n]+" : "[^\"\\\\\r\n]+";
    Pattern pattern = Pattern.compile(written);
    return row.texts().stream()
        .filter(Objects::nonNull)
        .flatMap(text -> pattern.matcher(text).results())
        .map(MatchResult::group)
        .max(Comparator.comparing(String::length))
        .orElse("")
        .getBytes(StandardCharsets.UTF_8);
  }

  /** What another thread found in a chunk. */
  private record Survey(long ends, long quotes, boolean hit) {}

  /**
   * Over the file in chunks; knows at each place the lines before it and whether it is quoted. All
   * threads look for the texts; only chunks that have one, and the one before, are gone through.
   */
  private final class Sweep {
    private final byte lineEnd = (byte) (layout.lineEnd().equals("\r") ? '\r' : '\n');
    private final int quote =
        layout.dialect().quote().isEmpty() ? -1 : layout.dialect().quote().charAt(0);
    private final Map<Row, byte[]> needles = new HashMap<>();
    private final Map<Row, Long> lastRecord = new HashMap<>();
    private long ends;
    private long quotes;
    private long recordStart;
    private long recordLine = 1;
    private int parsed;

    /** False where the search has to be done record by record. */
    private boolean run() throws IOException {
      for (Row row : finds.rows()) {
        needles.put(row, needle(row));
        if (needles.get(row).length == 0) {
          return false;
        }
      }
      long batch = (long) BATCH * CsvChunk.SIZE;
      try (FileChannel channel = FileChannel.open(file)) {
        for (long base = 0;
            base < channel.size() && !finds.isAllFound() && parsed < MAX_PARSED;
            base += batch) {
          sweep(channel, base, Math.min(base + batch, channel.size()));
        }
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
      return finds.isAllFound();
    }

    /** The chunk before a batch has always been gone through. */
    private void sweep(FileChannel channel, long from, long to) throws IOException {
      Collection<byte[]> open = open();
      int count = (int) ((to - from + CsvChunk.SIZE - 1) / CsvChunk.SIZE);
      List<Survey> surveys =
          IntStream.range(0, count)
              .parallel()
              .mapToObj(i -> survey(channel, from + (long) i * CsvChunk.SIZE, open))
              .toList();
      for (int i = 0; i < count && parsed < MAX_PARSED; i++) {
        if (surveys.get(i).hit() || i == count - 1 || surveys.get(i + 1).hit()) {
          sweep(channel, CsvChunk.read(channel, from + (long) i * CsvChunk.SIZE, REACH));
        } else {
          ends += surveys.get(i).ends();
          quotes += surveys.get(i).quotes();
        }
      }
    }

    private Survey survey(FileChannel channel, long base, Collection<byte[]> open) {
      try {
        CsvChunk chunk = CsvChunk.read(channel, base, REACH);
        return new Survey(
            chunk.count(lineEnd, 0, chunk.own()),
            quote < 0 ? 0 : chunk.count((byte) quote, 0, chunk.own()),
            chunk.hits(open, 1).length > 0);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    private Collection<byte[]> open() {
      return needles.entrySet().stream()
          .filter(needle -> !finds.isFound(needle.getKey()))
          .map(Map.Entry::getValue)
          .toList();
    }

    private void sweep(FileChannel channel, CsvChunk chunk) throws IOException {
      int done = 0;
      for (int at : chunk.hits(open(), MAX_PARSED)) {
        if (at >= done) {
          pass(chunk, done, at);
          done = at;
        }
        look(channel);
      }
      pass(chunk, done, chunk.own());
    }

    /** Parses the record around this place. */
    private void look(FileChannel channel) throws IOException {
      if (recordLine <= layout.linesBefore() || parsed >= MAX_PARSED) {
        return;
      }
      parsed++;
      List<Row> open = new ArrayList<>();
      for (Row row : finds.rows()) {
        if (lastRecord.getOrDefault(row, -1L) < recordStart) {
          open.add(row);
        }
      }
      if (open.isEmpty()) {
        return;
      }
      channel.position(recordStart);
      InputStream in = Channels.newInputStream(channel);
      CsvRecords records = new CsvRecords(in, layout.dialect());
      if (records.next() && records.fault() == null) {
        finds.note(records.fields(), recordLine, open);
        open.forEach(row -> lastRecord.put(row, recordStart));
      }
    }

    /** Counts what lies between; eight bytes at a time up to the last kilobytes. */
    private void pass(CsvChunk chunk, int from, int to) {
      int near = Math.max(from, to - (1 << 14));
      ends += chunk.count(lineEnd, from, near);
      quotes += quote < 0 ? 0 : chunk.count((byte) quote, from, near);
      for (int i = near; i < to; i++) {
        byte b = chunk.bytes()[i];
        if (b == quote) {
          quotes++;
        } else if (b == lineEnd) {
          ends++;
          if (quotes % 2 == 0) {
            recordStart = chunk.base() + i + 1;
            recordLine = ends + 1;
          }
        }
      }
    }
  }
}
