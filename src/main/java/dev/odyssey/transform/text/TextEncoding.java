package dev.odyssey.transform.text;

import com.ibm.icu.text.CharsetDetector;
import com.ibm.icu.text.CharsetMatch;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides a text file's encoding by its byte-order mark, else by all of its bytes: a file is UTF-8
 * when every byte of it is, not when its beginning is. Stateless.
 */
public final class TextEncoding {
  private static final int BUFFER = 1 << 20;
  private static final int HEAD = 4096;
  private static final int SURE = 30;
  private static final int ENOUGH = 5;
  private static final int FEW_NULS = 8;

  /** In Java's decoder five bytes have no meaning in this encoding; they become U+FFFD. */
  public static final Charset WINDOWS_1252 = Charset.forName("windows-1252");

  private TextEncoding() {}

  /** UTF-16 or UTF-32, which the first bytes tell; empty where it takes all of them. */
  public static Optional<Charset> marked(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.ofNullable(wide(in.readNBytes(HEAD)));
    }
  }

  /**
   * Of a file that is not {@link #marked}.
   *
   * @param scan of this file
   */
  public static Charset of(Path file, TextScan scan) throws IOException {
    if (scan.isUtf8() || scan.isMostlyUtf8()) {
      return StandardCharsets.UTF_8;
    }
    Charset charset = oneByte(file);
    boolean nothingElse = charset.equals(WINDOWS_1252);
    return nothingElse && scan.multibyte() >= scan.invalid() ? StandardCharsets.UTF_8 : charset;
  }

  /**
   * By the letters' frequency in the lines that have any beyond ASCII. A few of them tell nothing,
   * and then it is the encoding of Western Windows, which nearly every such file has.
   */
  private static Charset oneByte(Path file) throws IOException {
    byte[] telling = telling(file);
    CharsetMatch[] matches =
        AsianScript.likely(new CharsetDetector().setText(telling).detectAll(), telling);
    if (matches.length == 0) {
      return WINDOWS_1252;
    }
    int western = 0;
    for (CharsetMatch match : matches) {
      western = Math.max(western, isWestern(match) ? match.getConfidence() : 0);
    }
    CharsetMatch best = matches[0];
    boolean sure = best.getConfidence() >= SURE && best.getConfidence() >= 2 * western;
    Optional<Charset> byLetters =
        variety(telling) < ENOUGH
            ? Optional.empty()
            : OtherScript.of(telling, matches, sure)
                .or(() -> sure ? Optional.empty() : AsianScript.of(telling))
                .or(() -> sure ? OtherScript.charset(best, telling) : Optional.empty());
    return byLetters.or(() -> CentralEurope.of(telling)).orElse(WINDOWS_1252);
  }

  private static boolean isWestern(CharsetMatch match) {
    return match.getName().equals("ISO-8859-1") || match.getName().equals("windows-1252");
  }

  /** How many different bytes beyond ASCII. */
  private static long variety(byte[] bytes) {
    BitSet seen = new BitSet(256);
    for (byte b : bytes) {
      if (b < 0) {
        seen.set(b & 0xff);
      }
    }
    return seen.cardinality();
  }

  private static byte[] telling(Path file) throws IOException {
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    try (InputStream in = new BufferedInputStream(Files.newInputStream(file), BUFFER)) {
      ByteArrayOutputStream line = new ByteArrayOutputStream();
      boolean beyondAscii = false;
      for (int b = in.read(); b >= 0 && lines.size() < BUFFER / 16; b = in.read()) {
        line.write(b);
        beyondAscii |= b > 127;
        if (b == '\n' || b == '\r' || line.size() > HEAD) {
          lines.writeBytes(beyondAscii ? line.toByteArray() : new byte[0]);
          line.reset();
          beyondAscii = false;
        }
      }
      lines.writeBytes(beyondAscii ? line.toByteArray() : new byte[0]);
    }
    return lines.toByteArray();
  }

  /** The charset that people mean by a name; empty where the name means nothing. */
  public static Optional<Charset> named(String name) {
    String word =
        name.strip().toLowerCase(Locale.ROOT).replace('_', '-').replaceFirst("-?bom$", "");
    try {
      return Optional.of(
          switch (word) {
            case "ansi", "cp1252", "windows1252", "win1252" -> WINDOWS_1252;
            case "latin-1", "latin1", "iso8859-1" -> StandardCharsets.ISO_8859_1;
            case "utf8", "utf-8-sig", "cp65001" -> StandardCharsets.UTF_8;
            case "utf-16-le", "ucs-2le" -> StandardCharsets.UTF_16LE;
            case "utf-16-be", "ucs-2be" -> StandardCharsets.UTF_16BE;
            case "utf16" -> StandardCharsets.UTF_16;
            case "utf32" -> Charset.forName("UTF-32");
            case "shift-jis", "sjis" -> Charset.forName("windows-31j");
            case "big5" -> Charset.forName("Big5-HKSCS");
            case "mac", "macroman", "mac-roman" -> Charset.forName("x-MacRoman");
            default -> Charset.forName(word);
          });
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      return Optional.empty();
    }
  }

  /** A text of two or four bytes a character has NULs: in its line ends, if nowhere else. */
  public static boolean cannotBe(Charset charset, Path file) throws IOException {
    if (!charset.name().startsWith("UTF-16") && !charset.name().startsWith("UTF-32")) {
      return false;
    }
    try (InputStream in = Files.newInputStream(file)) {
      for (byte b : in.readNBytes(BUFFER)) {
        if (b == 0) {
          return false;
        }
      }
    }
    return true;
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

  /**
   * UTF-16 or UTF-32 by its mark, or by the NUL in every other byte that Western text has; in other
   * scripts only line ends, digits and delimiters have it.
   */
  private static Charset wide(byte[] head) throws IOException {
    if (startsWith(head, 0xff, 0xfe, 0, 0) || startsWith(head, 0, 0, 0xfe, 0xff)) {
      return Charset.forName("UTF-32");
    }
    if (head.length >= 2) {
      int mark = (head[0] & 0xff) << 8 | (head[1] & 0xff);
      if (mark == 0xfffe || mark == 0xfeff) {
        return StandardCharsets.UTF_16;
      }
    }
    int even = 0;
    int odd = 0;
    int ended = 0;
    for (int i = 0; i < head.length; i++) {
      if (head[i] == 0) {
        even += 1 - i % 2;
        odd += i % 2;
        ended += head[i % 2 == 0 ? Math.min(i + 1, head.length - 1) : i - 1] == '\n' ? 1 : 0;
      }
    }
    int more = Math.max(odd, even);
    boolean oneSided = more > 3 * Math.min(odd, even);
    boolean western = more >= head.length * 2 / 5;
    boolean otherScript = more >= FEW_NULS && ended > 0 && !TextScan.of(head).isMostlyUtf8();
    if (head.length < 4 || !oneSided || !(western || otherScript)) {
      return null;
    }
    return odd >= even ? StandardCharsets.UTF_16LE : StandardCharsets.UTF_16BE;
  }

  private static boolean startsWith(byte[] head, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= head.length || (head[i] & 0xff) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
