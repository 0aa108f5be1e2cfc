package dev.odyssey.transform;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides a text file's encoding by its byte-order mark, else by all of its bytes: a file is UTF-8
 * when every byte of it is, not when its beginning is. Stateless.
 */
final class TextEncoding {
  private static final int BUFFER = 1 << 20;
  private static final int HEAD = 4096;

  /** In Java's decoder five bytes have no meaning in this encoding; they become U+FFFD. */
  static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private TextEncoding() {}

  static Charset detect(Path file) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD);
    }
    Charset wide = wide(head);
    if (wide != null) {
      return wide;
    }
    return isUtf8(file) ? StandardCharsets.UTF_8 : WINDOWS_1252;
  }

  /** The charset that people mean by a name; empty where the name means nothing. */
  static Optional<Charset> named(String name) {
    String word = name.strip().toLowerCase(Locale.ROOT).replace('_', '-');
    try {
      return Optional.of(
          switch (word) {
            case "ansi", "cp1252", "windows1252", "win1252" -> WINDOWS_1252;
            case "latin-1", "latin1", "iso8859-1" -> StandardCharsets.ISO_8859_1;
            case "utf8", "utf-8-sig" -> StandardCharsets.UTF_8;
            case "utf16" -> StandardCharsets.UTF_16;
            default -> Charset.forName(word);
          });
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return Optional.empty();
    }
  }

  static boolean hasUtf8Mark(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] mark = in.readNBytes(3);
      return mark.length == 3
          && (mark[0] & 0xff) == 0xef
          && (mark[1] & 0xff) == 0xbb
          && (mark[2] & 0xff) == 0xbf;
    }
  }

  /** UTF-16 by its mark, or by the NUL in every other byte that Western text has. */
  private static Charset wide(byte[] head) {
    if (head.length >= 2) {
      int mark = (head[0] & 0xff) << 8 | (head[1] & 0xff);
      if (mark == 0xfffe || mark == 0xfeff) {
        return StandardCharsets.UTF_16;
      }
    }
    int even = 0;
    int odd = 0;
    for (int i = 0; i < head.length; i++) {
      if (head[i] == 0) {
        even += 1 - i % 2;
        odd += i % 2;
      }
    }
    int most = head.length * 2 / 5;
    if (head.length < 4 || (odd < most && even < most)) {
      return null;
    }
    return odd >= even ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
  }

  private static boolean isUtf8(Path file) throws IOException {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    ByteBuffer bytes = ByteBuffer.allocate(BUFFER);
    CharBuffer chars = CharBuffer.allocate(BUFFER);
    try (InputStream in = Files.newInputStream(file)) {
      boolean end = false;
      while (!end) {
        int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
        end = read < 0;
        bytes.position(bytes.position() + Math.max(read, 0)).flip();
        CoderResult result = decoder.decode(bytes, chars.clear(), end);
        if (result.isError()) {
          return false;
        }
        bytes.compact();
      }
    }
    return true;
  }
}
