package dev.odyssey.transform;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What the first bytes of a file say that it is. Stateless. */
enum FileSignature {
  EMPTY("empty"),
  GZIP("gzip"),
  ZSTD("zstd"),
  PARQUET("Parquet"),
  ZIP("a ZIP archive or an Excel workbook"),
  OLD_EXCEL("an Excel 97 workbook"),
  PDF("PDF"),
  IMAGE("an image"),
  HTML("an HTML page"),
  XML("XML"),
  AVRO("Avro"),
  BZIP2("bzip2"),
  JSON_ARRAY("a JSON array"),
  JSON_OBJECT("JSON"),
  TEXT("text");

  private static final int HEAD = 512;
  private final String shown;

  FileSignature(String shown) {
    this.shown = shown;
  }

  String shown() {
    return shown;
  }

  boolean isText() {
    return this == TEXT || this == JSON_ARRAY || this == JSON_OBJECT || this == XML || this == HTML;
  }

  static FileSignature of(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return of(in.readNBytes(HEAD));
    }
  }

  static FileSignature of(byte[] head) {
    if (head.length == 0) {
      return EMPTY;
    }
    String bytes = new String(head, StandardCharsets.ISO_8859_1);
    FileSignature binary = binary(bytes);
    return binary != null ? binary : text(bytes);
  }

  private static FileSignature binary(String bytes) {
    if (bytes.startsWith("\u001f\u008b")) {
      return GZIP;
    } else if (bytes.startsWith("(\u00b5/\u00fd")) {
      return ZSTD;
    } else if (bytes.startsWith("PAR1")) {
      return PARQUET;
    } else if (bytes.startsWith("PK\u0003\u0004") || bytes.startsWith("PK\u0005\u0006")) {
      return ZIP;
    } else if (bytes.startsWith("\u00d0\u00cf\u0011\u00e0")) {
      return OLD_EXCEL;
    } else if (bytes.startsWith("%PDF-")) {
      return PDF;
    } else if (bytes.startsWith("\u0089PNG") || bytes.startsWith("\u00ff\u00d8\u00ff")) {
      return IMAGE;
    } else if (bytes.startsWith("Obj\u0001")) {
      return AVRO;
    } else if (bytes.startsWith("BZh")) {
      return BZIP2;
    }
    return null;
  }

  /** Looks past byte-order marks and the NULs of UTF-16. */
  private static FileSignature text(String bytes) {
    String start =
        bytes
            .replaceFirst("^(\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)", "")
            .replace("\0", "")
            .stripLeading()
            .toLowerCase(Locale.ROOT);
    if (start.startsWith("[")) {
      return JSON_ARRAY;
    } else if (start.startsWith("{")) {
      return JSON_OBJECT;
    } else if (start.startsWith("<!doctype html") || start.startsWith("<html")) {
      return HTML;
    } else if (start.startsWith("<?xml")) {
      return XML;
    }
    return TEXT;
  }
}
