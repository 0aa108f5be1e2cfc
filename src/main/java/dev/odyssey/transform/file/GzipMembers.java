package dev.odyssey.transform.file;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * What the members of a gzip file hold, one after another. Zeros after the last one are padding,
 * which tapes and block storage leave (RFC 1952 calls for members alone; gzip itself does so too);
 * anything else there is an error. Not thread-safe.
 */
final class GzipMembers extends InputStream {
  private static final int BUFFER = 1 << 16;
  private static final int MAGIC = 0x1f;

  private final BufferedInputStream packed;
  private InputStream member;

  GzipMembers(InputStream packed) throws IOException {
    this.packed = new BufferedInputStream(packed, BUFFER);
    this.member = open();
  }

  /** It leaves the stream behind the member's end, for it finds {@code mark} supported. */
  private InputStream open() throws IOException {
    return GzipCompressorInputStream.builder().setInputStream(packed).get();
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = member.read(bytes, offset, length);
    while (read < 0 && hasNext()) {
      member = open();
      read = member.read(bytes, offset, length);
    }
    return read;
  }

  private boolean hasNext() throws IOException {
    packed.mark(1);
    int next = packed.read();
    if (next == MAGIC) {
      packed.reset();
      return true;
    }
    while (next == 0) {
      next = packed.read();
    }
    if (next > 0) {
      throw new IOException("Garbage after a valid .gz stream");
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    packed.close();
  }
}
