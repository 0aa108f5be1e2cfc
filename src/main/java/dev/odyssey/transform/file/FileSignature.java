package dev.odyssey.transform.file;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** What the first bytes of a file say that it is. Stateless. */
public enum FileSignature {
  EMPTY("empty"),
  GZIP("gzip"),
  ZSTD("zstd"),
  PARQUET("Parquet"),
  ENCRYPTED_PARQUET("encrypted Parquet"),
  ZIP("a ZIP archive"),
  OLD_OFFICE("an old Office file"),
  IMAGE("an image"),
  AVRO("Avro"),
  BZIP2("bzip2"),
  XZ("xz"),
  LZ4("LZ4"),
  LZIP("lzip"),
  LZMA("LZMA (.lzma)"),
  COMPRESS("packed by Unix compress (.Z)"),
  SNAPPY("Snappy"),
  SEVEN_ZIP("a 7-Zip archive"),
  RAR("a RAR archive"),
  TAR("a tar archive"),
  ORC("ORC"),
  SQLITE("an SQLite database"),
  ACCESS("an Access database"),
  DBASE("a dBase table (.dbf)"),
  HDF5("HDF5"),
  NUMPY("a NumPy array"),
  R_DATA("an R data file"),
  SPSS("an SPSS file (.sav)"),
  SAS("a SAS file", "header record\\*{7}lib"),
  STATA("a Stata file (.dta)"),
  RTF("an RTF document", "\\{\\\\rtf"),
  HTML("an HTML page", "(?s)(<!--.*?-->\\s*)*<(!doctype html|html|head|body|table|style|meta)\\b"),
  XML("XML", "<\\?xml|<error>|<!--"),
  MHTML("a web archive (MHTML)", "mime-version: ?1"),
  PDF("PDF", "%pdf-"),
  GIT_LFS("a Git LFS pointer and not the file itself", "version https://git-lfs\\."),
  SYLK(
      "a spreadsheet as SYLK (.slk)",
      "id;p\\w*(;[en])*\\s+(p;p|b;[xy]\\d|c;[xy]\\d|f;\\w|o;\\w|nn;n)"),
  DIF("a spreadsheet as DIF (.dif)", "table\\s*\n0,1\\s*\n\""),
  ARFF("Weka's ARFF", "(%.*\n\\s*)*@relation\\s"),
  OFX("a bank statement as OFX", "ofxheader:|<ofx>"),
  QIF("a bank statement as QIF", "!type:"),
  MT940("a bank statement as MT940", "(\\{1:.*\\s+)?:20:.*\\s+(:21:.*\\s+)?:25:"),
  EDI("an EDI message", "una:\\+|unb\\+|isa\\*\\d\\d\\*"),
  CALENDAR("a calendar (.ics)", "begin:vcalendar"),
  CONTACTS("contacts (.vcf)", "begin:vcard"),
  SQL_DUMP(
      "an SQL script",
      "(/\\*.*\\*/\\s*)?(--\\s+)*-- (mysql|mariadb|postgresql|phpmyadmin|adminer).* dump\\b"),
  // read as CSV it is a table of its own lines, or one without rows
  JAVASCRIPT(
      "JavaScript around JSON",
      "(/\\*.*?\\*/\\s*)?(((var|let|const)\\s+[\\w$]+|(window|self|module|exports)[.\\[][\\w$.'\"\\[\\]]+)\\s*=\\s*[\\[{]"
          + "|export\\s+default\\s*[\\[{]|[\\w$.]+\\(\\s*[\\[{]\\s*[\"\\[{])"),
  // but not a section's title, such as [Header], as instruments write it above their tables
  JSON_ARRAY("a JSON array", "\\[(?!(?!true|false|null)[a-z][\\w ]*\\][,;\\t ]*[\\r\\n])"),
  JSON_OBJECT("JSON", "\\{"),
  TEXT("text", "");

  private static final int HEAD = 512;
  private static final int MAX_CONTROLS = 7;
  private static final int MAX_CONTROLS_WITH_NUL = 3;

  private final String shown;
  private final Pattern start;

  FileSignature(String shown) {
    this.shown = shown;
    this.start = null;
  }

  /**
   * @param start of a text, in small letters; of several the first constant counts
   */
  FileSignature(String shown, String start) {
    this.shown = shown;
    this.start = Pattern.compile(start);
  }

  public String shown() {
    return shown;
  }

  public boolean isText() {
    return this == TEXT || this == JSON_ARRAY || this == JSON_OBJECT || this == XML || this == HTML;
  }

  boolean isCompressed() {
    return this == GZIP || this == ZSTD || this == BZIP2 || this == XZ;
  }

  public static FileSignature of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in.readNBytes(HEAD));
    }
  }

  public static FileSignature of(byte[] head) {
    if (head.length == 0) {
      return EMPTY;
    }
    String bytes = new String(head, StandardCharsets.ISO_8859_1);
    FileSignature binary = binary(bytes);
    return binary != null ? binary : text(bytes);
  }

  /**
   * Bytes that no text has: besides tabs and line ends a text has a few kinds of control characters
   * at most, such as those that separate its fields, and hardly any where it has NULs.
   *
   * @param head of a file that would be UTF-8
   */
  public static boolean isBinary(byte[] head) {
    BitSet kinds = new BitSet();
    boolean hasNul = false;
    for (byte b : head) {
      hasNul |= b == 0;
      boolean white = b == '\t' || b == '\n' || b == '\r' || b == '\f' || b == 0x0b;
      if (b > 0 && b < ' ' && !white) {
        kinds.set(b);
      }
    }
    return kinds.cardinality() > (hasNul ? MAX_CONTROLS_WITH_NUL : MAX_CONTROLS);
  }

  private static final Map<String, FileSignature> STARTS =
      Map.ofEntries(
          Map.entry("\u001f\u008b", GZIP),
          Map.entry("(\u00b5/\u00fd", ZSTD),
          Map.entry("PAR1", PARQUET),
          Map.entry("PARE", ENCRYPTED_PARQUET),
          Map.entry("PK\u0003\u0004", ZIP),
          Map.entry("PK\u0005\u0006", ZIP),
          Map.entry("\u00d0\u00cf\u0011\u00e0", OLD_OFFICE),
          Map.entry("%PDF-", PDF),
          Map.entry("\u0089PNG", IMAGE),
          Map.entry("\u00ff\u00d8\u00ff", IMAGE),
          Map.entry("GIF8", IMAGE),
          Map.entry("Obj\u0001", AVRO),
          Map.entry("BZh", BZIP2),
          Map.entry("\u00fd7zXZ\0", XZ),
          Map.entry("\u0004\"M\u0018", LZ4),
          Map.entry("LZIP", LZIP),
          Map.entry("]\0\0", LZMA),
          Map.entry("\u001f\u009d", COMPRESS),
          Map.entry("\u00ff\u0006\0\0sNaPpY", SNAPPY),
          Map.entry("7z\u00bc\u00af'\u001c", SEVEN_ZIP),
          Map.entry("Rar!\u001a\u0007", RAR),
          Map.entry("ORC", ORC),
          Map.entry("SQLite format 3\0", SQLITE),
          Map.entry("\0\u0001\0\0Standard ", ACCESS),
          Map.entry("\u0089HDF", HDF5),
          Map.entry("\u0093NUMPY", NUMPY),
          Map.entry("RDX", R_DATA),
          Map.entry("X\n\0\0\0", R_DATA),
          Map.entry("$FL2", SPSS),
          Map.entry("$FL3", SPSS),
          Map.entry("\0\0\0\0\0\0\0\0\0\0\0\0\u00c2\u00ea\u0081`", SAS),
          Map.entry("<stata_dta>", STATA));

  private static final Pattern OLD_STATA = Pattern.compile("[h-s][\\x01\\x02]\\x01\\x00");

  /** The kind, the day of the last change, what is reserved, the name of the first field. */
  private static final Pattern DBASE_START =
      Pattern.compile(
          "(?s)[\\x02-\\x05\\x30-\\x32\\x43\\x63\\x83\\x8b\\x8e\\xcb\\xf5\\xfb].[\\x01-\\x0c][\\x01-\\x1f]"
              + ".{8}\\x00\\x00.{18}[A-Za-z_]");

  /** {@code BZh}, {@code ORC} and the like may begin a text too: then what follows is readable. */
  private static FileSignature binary(String bytes) {
    if (bytes.startsWith("ustar", 257)) {
      return TAR;
    } else if (bytes.startsWith("*M\u0018", 1) && (bytes.charAt(0) & 0xf0) == 0x50) {
      return ZSTD; // begins with a frame of user data, which readers skip (RFC 8878, 3.1.2)
    } else if (DBASE_START.matcher(bytes).lookingAt()) {
      return DBASE;
    } else if (OLD_STATA.matcher(bytes).lookingAt()) {
      return STATA;
    }
    return STARTS.entrySet().stream()
        .filter(start -> bytes.startsWith(start.getKey()))
        .filter(start -> !isAscii(start.getKey()) || !isReadable(bytes))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElse(null);
  }

  private static boolean isAscii(String start) {
    return start.chars().allMatch(c -> c >= ' ' && c < 127) && !start.equals("%PDF-");
  }

  private static boolean isReadable(String bytes) {
    return bytes.chars().allMatch(c -> c >= ' ' || c == '\n' || c == '\r' || c == '\t');
  }

  /** Looks past byte-order marks and the NULs of UTF-16. */
  private static FileSignature text(String bytes) {
    String start =
        bytes
            .replaceFirst("^(\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)", "")
            .replace("\0", "")
            .stripLeading()
            .toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(signature -> signature.start != null)
        .filter(signature -> signature.start.matcher(start).lookingAt())
        .findFirst()
        .orElse(TEXT);
  }
}
