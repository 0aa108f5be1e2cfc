package dev.odyssey.transform.csv;

import dev.odyssey.transform.text.Bytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * A piece of a file's bytes, and as much of what follows as a text that begins in it may need. Not
 * changed once read.
 */
final class CsvChunk {
  static final int SIZE = 1 << 20;

  private final long base;
  private final byte[] bytes;
  private final int read;

  private CsvChunk(long base, byte[] bytes, int read) {
    this.base = base;
    this.bytes = bytes;
    this.read = read;
  }

  /** May be called by several threads for one channel. */
  static CsvChunk read(FileChannel channel, long base, int reach) throws IOException {
    byte[] bytes = new byte[(int) Math.min(SIZE + reach, channel.size() - base)];
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int read = 0;
    while (buffer.hasRemaining() && read >= 0) {
      read = channel.read(buffer, base + buffer.position());
    }
    return new CsvChunk(base, bytes, buffer.position());
  }

  /** The file's byte that is its first. */
  long base() {
    return base;
  }

  byte[] bytes() {
    return bytes;
  }

  /** How many bytes there are. */
  int read() {
    return read;
  }

  /** How many of them are its own. */
  int own() {
    return Math.min(SIZE, read);
  }

  /** How often a byte stands there, eight bytes at a time. */
  long count(byte sought, int from, int to) {
    long mask = Bytes.all(sought);
    long count = 0;
    int at = from;
    for (; at + 8 <= to; at += 8) {
      count += Bytes.count(Bytes.word(bytes, at), mask);
    }
    for (; at < to; at++) {
      count += bytes[at] == sought ? 1 : 0;
    }
    return count;
  }

  /**
   * Where one of the texts begins, in ascending order.
   *
   * @param most of each
   */
  int[] hits(Collection<byte[]> needles, int most) {
    String text = new String(bytes, 0, read, StandardCharsets.ISO_8859_1);
    List<Integer> hits = new ArrayList<>();
    for (byte[] needle : needles) {
      String sought = new String(needle, StandardCharsets.ISO_8859_1);
      int limit = hits.size() + most;
      for (int at = text.indexOf(sought);
          at >= 0 && at < own() && hits.size() < limit;
          at = text.indexOf(sought, at + 1)) {
        hits.add(at);
      }
    }
    return hits.stream().mapToInt(at -> at).sorted().distinct().toArray();
  }
}
