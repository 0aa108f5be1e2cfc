package dev.odyssey.transform.file;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where a text has bytes that its encoding has not, which no reader tells. Stateless. */
public final class BadBytes {
  private static final int BUFFER = 1 << 16;

  private BadBytes() {}

  /** The line of the first of them, from 1; the last line where there is none. */
  public static long line(Path file, Charset charset) throws IOException {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
    CharBuffer chars = CharBuffer.allocate(2 * BUFFER);
    long line = 1;
    try (SeekableByteChannel in = Files.newByteChannel(file)) {
      boolean bad = false;
      while (!bad && in.read(bytes) >= 0) {
        bytes.flip();
        bad = decoder.decode(bytes, chars, false).isError();
        line += chars.flip().chars().filter(c -> c == '\n').count();
        chars.clear();
        bytes.compact();
      }
    }
    return line;
  }
}
