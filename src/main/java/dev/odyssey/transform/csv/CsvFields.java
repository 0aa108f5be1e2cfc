package dev.odyssey.transform.csv;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The fields of one record, without quotes and escapes; used again for the next. */
public final class CsvFields {
  private byte[] content = new byte[1 << 12];
  private int length;
  private int[] ends = new int[64];
  private boolean[] quoted = new boolean[64];
  private int size;
  private boolean odd;

  void clear() {
    size = 0;
    odd = false;
    length = 0;
  }

  void append(int b) {
    if (length == content.length) {
      content = Arrays.copyOf(content, length * 2);
    }
    content[length++] = (byte) b;
  }

  void append(byte[] bytes, int from, int to) {
    int count = to - from;
    if (length + count > content.length) {
      content = Arrays.copyOf(content, Math.max(content.length * 2, length + count));
    }
    System.arraycopy(bytes, from, content, length, count);
    length += count;
  }

  /** Takes the blanks off the field that is being read. */
  void trim() {
    int start = start(size);
    while (length > start && isBlank(content[length - 1])) {
      length--;
    }
    int from = start;
    while (from < length && isBlank(content[from])) {
      from++;
    }
    System.arraycopy(content, from, content, start, length - from);
    length -= from - start;
  }

  /**
   * Of {@code ="001"}, as Excel is told to keep a text, the text in the quotes.
   *
   * @return false where the field that is being read is something else
   */
  boolean unwrap() {
    int start = start(size);
    boolean wraps =
        length - start >= 3
            && content[start] == '='
            && content[start + 1] == '"'
            && content[length - 1] == '"';
    for (int i = start + 2; wraps && i < length - 1; i++) {
      wraps = content[i] != '"';
    }
    if (wraps) {
      System.arraycopy(content, start + 2, content, start, length - start - 3);
      length -= 3;
    }
    return wraps;
  }

  void end(boolean wasQuoted) {
    if (size == ends.length) {
      ends = Arrays.copyOf(ends, size * 2);
      quoted = Arrays.copyOf(quoted, size * 2);
    }
    ends[size] = length;
    quoted[size++] = wasQuoted;
  }

  /** Without the first and the last one, where they are blank. */
  void unframe() {
    if (size > 2 && text(0).isBlank() && text(size - 1).isBlank()) {
      int first = ends[0];
      length = ends[size - 2] - first;
      System.arraycopy(content, first, content, 0, length);
      size -= 2;
      for (int i = 0; i < size; i++) {
        ends[i] = ends[i + 1] - first;
        quoted[i] = quoted[i + 1];
      }
    }
  }

  /** One had quotes that were not escaped: it may be several. */
  void markOdd() {
    odd = true;
  }

  boolean isOdd() {
    return odd;
  }

  int size() {
    return size;
  }

  public boolean isQuoted(int field) {
    return quoted[field];
  }

  public boolean isEmpty(int field) {
    return start(field) == ends[field];
  }

  /** The bytes of all fields; see {@link #start} and {@link #end(int)}. */
  byte[] content() {
    return content;
  }

  int start(int field) {
    return field == 0 ? 0 : ends[field - 1];
  }

  int end(int field) {
    return ends[field];
  }

  public String text(int field) {
    return new String(content, start(field), ends[field] - start(field), StandardCharsets.UTF_8);
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t';
  }
}
