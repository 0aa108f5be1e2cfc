package dev.odyssey.transform.text;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What all the bytes of a text file say, read once at the speed of memory.
 *
 * @param multibyte well-formed UTF-8 sequences of more than one byte
 * @param invalid bytes that are no UTF-8
 * @param nuls NUL bytes
 */
public record TextScan(long multibyte, long invalid, long nuls) {
  private static final int BUFFER = 1 << 20;

  public static TextScan of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return new Scanner(Files.size(file)).scan(in);
    }
  }

  public static TextScan of(byte[] bytes) throws IOException {
    return new Scanner(bytes.length).scan(new ByteArrayInputStream(bytes));
  }

  /** UTF-8 without NUL bytes. */
  public boolean isPlain() {
    return invalid == 0 && nuls == 0;
  }

  boolean isUtf8() {
    return invalid == 0;
  }

  /**
   * Broken bytes in a file that otherwise uses UTF-8 do not make it something else: in other
   * encodings, well-formed sequences arise by chance alone and are the fewer.
   */
  boolean isMostlyUtf8() {
    return invalid * 2 <= multibyte;
  }

  private static final class Scanner {
    private final byte[] bytes;
    private int limit;
    private long multibyte;
    private long invalid;
    private long nuls;

    /**
     * @param size of what is scanned, in bytes
     */
    private Scanner(long size) {
      this.bytes = Bytes.buffer(BUFFER, size);
    }

    private TextScan scan(InputStream in) throws IOException {
      int rest = 0;
      for (int read = 0; read >= 0; ) {
        read = in.readNBytes(bytes, rest, bytes.length - rest);
        read = read == 0 ? -1 : read;
        limit = rest + Math.max(read, 0);
        int at = scan(read < 0);
        rest = limit - at;
        System.arraycopy(bytes, at, bytes, 0, rest);
      }
      return new TextScan(multibyte, invalid, nuls);
    }

    /** To where the rest may be a sequence that goes on in the next buffer. */
    private int scan(boolean last) {
      int at = 0;
      int safe = last ? limit : limit - 4;
      while (at < safe) {
        at = plain(at, safe);
        if (at < safe) {
          at += step(at);
        }
      }
      return Math.max(at, 0);
    }

    /** Passes eight bytes at a time, up to one that is NUL or not ASCII. */
    private int plain(int from, int safe) {
      int at = from;
      while (at + 8 <= safe) {
        int plain = Bytes.plain(Bytes.word(bytes, at));
        if (plain < 8) {
          return at + plain;
        }
        at += 8;
      }
      return at;
    }

    private int step(int at) {
      int b = bytes[at];
      if (b >= 0) {
        nuls += b == 0 ? 1 : 0;
        return 1;
      }
      int length = sequence(at, b & 0xff);
      if (length == 0) {
        invalid++;
        return 1;
      }
      multibyte++;
      return length;
    }

    /** Table 3-7 of the Unicode standard; 0 where the bytes are ill-formed. */
    private int sequence(int at, int lead) {
      int second = at + 1 < limit ? bytes[at + 1] & 0xff : 0;
      if (lead >= 0xc2 && lead <= 0xdf) {
        return continues(at, 1) ? 2 : 0;
      }
      if (lead >= 0xe0 && lead <= 0xef) {
        boolean sound = (lead != 0xe0 || second >= 0xa0) && (lead != 0xed || second <= 0x9f);
        return sound && continues(at, 2) ? 3 : 0;
      }
      if (lead >= 0xf0 && lead <= 0xf4) {
        boolean sound = (lead != 0xf0 || second >= 0x90) && (lead != 0xf4 || second <= 0x8f);
        return sound && continues(at, 3) ? 4 : 0;
      }
      return 0;
    }

    private boolean continues(int at, int count) {
      for (int i = 1; i <= count; i++) {
        if (at + i >= limit || (bytes[at + i] & 0xc0) != 0x80) {
          return false;
        }
      }
      return true;
    }
  }
}
