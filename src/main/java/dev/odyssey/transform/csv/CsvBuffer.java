package dev.odyssey.transform.csv;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * A file's bytes with a mark to return to; counts physical lines, which end in LF, CR LF or CR, and
 * passes over a byte-order mark. Grows with the distance to the mark. Not thread-safe.
 */
final class CsvBuffer implements Closeable {
  private static final int MAX_RAW = 1 << 16;

  private final InputStream in;
  private final byte[] newLine;
  private byte[] bytes = new byte[1 << 16];
  private int at;
  private int limit;
  private int mark;
  private long base;
  private long line = 1;
  private long markedLine = 1;
  private long markedOffset;
  private byte[] kept;
  private int recordEnd;
  private boolean end;
  private boolean started;

  /**
   * @param newLine what ends a line beside LF, CR LF and CR; may be empty
   */
  CsvBuffer(InputStream in, byte[] newLine) {
    this.in = in;
    this.newLine = newLine;
  }

  /** The byte here; -1 at the end of the file. */
  int peek() throws IOException {
    return at < limit || fill(0) ? bytes[at] & 0xff : -1;
  }

  int peek(int ahead) throws IOException {
    return at + ahead < limit || fill(ahead) ? bytes[at + ahead] & 0xff : -1;
  }

  boolean startsWith(byte[] text) throws IOException {
    return startsWith(text, 0);
  }

  boolean startsWith(byte[] text, int ahead) throws IOException {
    for (int i = 0; i < text.length; i++) {
      if (peek(ahead + i) != (text[i] & 0xff)) {
        return false;
      }
    }
    return true;
  }

  void advance() throws IOException {
    byte b = bytes[at++];
    if (b == '\n' || (b == '\r' && peek() != '\n')) {
      line++;
    } else if (newLine.length > 0 && b == newLine[newLine.length - 1] && endsLine()) {
      line++;
    }
  }

  private boolean endsLine() {
    int from = at - newLine.length;
    return from >= mark && Arrays.equals(bytes, from, at, newLine, 0, newLine.length);
  }

  void advance(int count) throws IOException {
    for (int i = 0; i < count; i++) {
      advance();
    }
  }

  /**
   * Appends the bytes from here that end no line and are none of these, as far as they are at hand.
   */
  void copyPlain(boolean[] stops, CsvFields to) throws IOException {
    if (peek() < 0) {
      return;
    }
    int from = at;
    int i = from;
    while (i < limit && !stops[bytes[i] & 0xff]) {
      i++;
    }
    to.append(bytes, from, i);
    at = i;
  }

  /** Passes blanks and the quote after them; stays where it is when no quote comes. */
  boolean skipBlanksTo(int quote, byte delimiter) throws IOException {
    int blanks = 0;
    int b = peek();
    while ((b == ' ' || b == '\t')
        && b != delimiter
        && markedLength() + blanks <= CsvRecords.MAX_RECORD) {
      b = peek(++blanks);
    }
    if (b != quote) {
      return false;
    }
    at += blanks + 1;
    return true;
  }

  long line() {
    return line;
  }

  /** Passes the line end that is here, if any. */
  void endRecord() throws IOException {
    recordEnd = at;
    if (peek() < 0) {
      return;
    }
    if (newLine.length > 0) {
      advance(newLine.length);
    } else {
      advance(peek() == '\r' && peek(1) == '\n' ? 2 : 1);
    }
  }

  /** To the beginning of the next physical line, however long this one is. */
  void skipLine() throws IOException {
    boolean fromMark = at == mark;
    long before = line;
    while (peek() >= 0 && line == before) {
      advance();
      if (at - mark > CsvRecords.MAX_RECORD) {
        keep(fromMark);
        mark = at;
      }
    }
    recordEnd = at;
    keep(fromMark);
  }

  private void keep(boolean fromMark) {
    if (fromMark && kept == null) {
      int to = Math.min(at, mark + MAX_RAW);
      while (to > mark && (bytes[to - 1] == '\n' || bytes[to - 1] == '\r')) {
        to--;
      }
      kept = Arrays.copyOfRange(bytes, mark, to);
    }
  }

  void mark() throws IOException {
    if (!started) {
      started = true;
      if (peek() == 0xef && peek(1) == 0xbb && peek(2) == 0xbf) {
        at += 3;
      }
    }
    mark = at;
    markedLine = line;
    markedOffset = base + at;
    kept = null;
  }

  void reset() {
    at = mark;
    line = markedLine;
  }

  long markedLine() {
    return markedLine;
  }

  long markedOffset() {
    return markedOffset;
  }

  int markedLength() {
    return at - mark;
  }

  long offset() {
    return base + at;
  }

  /** What lies between the mark and the end of the record, cut when long. */
  byte[] marked() {
    return kept != null
        ? kept
        : Arrays.copyOfRange(bytes, mark, Math.min(recordEnd, mark + MAX_RAW));
  }

  private boolean fill(int ahead) throws IOException {
    while (!end && at + ahead >= limit) {
      if (limit == bytes.length) {
        makeRoom();
      }
      int read = in.read(bytes, limit, bytes.length - limit);
      end = read < 0;
      limit += Math.max(read, 0);
    }
    return at + ahead < limit;
  }

  private void makeRoom() {
    if (mark == 0) {
      bytes = Arrays.copyOf(bytes, bytes.length * 2);
      return;
    }
    System.arraycopy(bytes, mark, bytes, 0, limit - mark);
    base += mark;
    at -= mark;
    limit -= mark;
    recordEnd -= mark;
    mark = 0;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
