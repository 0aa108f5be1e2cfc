package dev.odyssey.transform.json;

import java.io.FilterReader;
import java.io.IOException;
import java.io.PushbackReader;
import java.io.Reader;

/** Lines of a text that end in LF, CR LF or CR, none longer than a limit. Not thread-safe. */
final class LineReader extends FilterReader {
  private final char[] buffer = new char[1 << 16];
  private final StringBuilder line = new StringBuilder();
  private final int maxChars;
  private int at;
  private int end;
  private long number;
  private boolean isAfterCr;

  LineReader(Reader in, int maxChars) {
    super(in);
    this.maxChars = maxChars;
  }

  static final class TooLong extends IOException {
    private final long number;

    private TooLong(long number) {
      this.number = number;
    }

    long number() {
      return number;
    }
  }

  static Reader withoutMark(Reader reader) throws IOException {
    PushbackReader in = new PushbackReader(reader);
    int first = in.read();
    if (first >= 0 && first != '\ufeff') {
      in.unread(first);
    }
    return in;
  }

  /** Without its end; null after the last one. */
  String next() throws IOException {
    line.setLength(0);
    while (at < end || fill()) {
      if (isAfterCr && buffer[at] == '\n') {
        at++;
        isAfterCr = false;
        continue;
      }
      isAfterCr = false;
      int start = at;
      while (at < end && buffer[at] != '\n' && buffer[at] != '\r') {
        at++;
      }
      line.append(buffer, start, at - start);
      if (line.length() > maxChars) {
        throw new TooLong(number + 1);
      }
      if (at < end) {
        isAfterCr = buffer[at] == '\r';
        at++;
        number++;
        return line.toString();
      }
    }
    if (line.length() == 0) {
      return null;
    }
    number++;
    return line.toString();
  }

  /** Of the line last given, from 1. */
  long number() {
    return number;
  }

  private boolean fill() throws IOException {
    at = 0;
    end = Math.max(in.read(buffer, 0, buffer.length), 0);
    return end > 0;
  }
}
