package dev.odyssey.transform.source;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.definition.StreamDefinition;
import dev.odyssey.transform.file.FileSignature;
import dev.odyssey.transform.file.Piece;
import dev.odyssey.transform.file.ZipArchive;
import dev.odyssey.transform.json.JsonHead;
import dev.odyssey.transform.options.SourceOptions;
import dev.odyssey.transform.text.Names;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Optional;

/**
 * What a data file is: by its bytes, against what the config, its name or the source's type say.
 */
enum SourceFormat {
  CSV("CSV"),
  JSON("JSON"),
  EXCEL("an Excel workbook"),
  AVRO("Avro"),
  PARQUET("Parquet");

  private static final String ADVICE =
      "Upload the right file or correct the data source's type and format, then redrive the job.";
  private static final int OFFICE_HEAD = 1 << 20;

  private final String shown;

  SourceFormat(String shown) {
    this.shown = shown;
  }

  /** For a person. */
  String shown() {
    return shown;
  }

  private static Optional<SourceFormat> named(String word) {
    return switch (word) {
      case "csv", "tsv", "tab", "txt" -> Optional.of(CSV);
      case "json", "ndjson", "jsonl", "geojson" -> Optional.of(JSON);
      case "xlsx", "xlsm", "xls", "excel" -> Optional.of(EXCEL);
      case "avro" -> Optional.of(AVRO);
      case "parquet" -> Optional.of(PARQUET);
      default -> Optional.empty();
    };
  }

  private static boolean isKnown(String word) {
    return named(word).isPresent();
  }

  /** The first of config, name and type that means a format; empty where none does. */
  static String told(StreamDefinition stream, SourceOptions options, Piece piece) {
    return options
        .hint("format", "fileFormat", "fileType")
        .map(word -> word.toLowerCase(Locale.ROOT))
        .filter(SourceFormat::isKnown)
        .or(() -> Optional.of(piece.extension()).filter(SourceFormat::isKnown))
        .or(() -> Optional.of(stream.sourceType()).filter(SourceFormat::isKnown))
        .orElse("");
  }

  /** Throws {@link PermanentFailure} where the bytes are none of these or not what is told. */
  static SourceFormat of(Piece piece, String told, String stream) throws IOException {
    FileSignature signature = FileSignature.of(piece.path());
    boolean csv = named(told).orElse(null) == CSV;
    SourceFormat found =
        switch (signature) {
          case PARQUET -> PARQUET;
          case AVRO -> AVRO;
          case JSON_ARRAY, JSON_OBJECT -> csv && !JsonHead.isJson(piece.path()) ? CSV : JSON;
          case TEXT -> CSV;
          case ZIP -> document(piece, stream);
          case OLD_OFFICE -> throw oldOffice(piece, stream);
          default -> null;
        };
    if (found == null || !(told.isEmpty() || named(told).orElse(null) == found)) {
      String shown = found == EXCEL ? "an Excel workbook" : signature.shown();
      throw fault(
          stream,
          (told.isEmpty() || (csv && !signature.isText())
                  ? "is %s, which cannot be read%s"
                      .formatted(shown, told.isEmpty() ? "" : " as " + told)
                  : "should be %s but is %s".formatted(told, shown))
              + nameOf(piece),
          ADVICE);
    }
    return found;
  }

  /** Of bytes that no signature tells. */
  static PermanentFailure binary(Piece piece, String stream) {
    return fault(stream, "is neither text nor a known binary format" + nameOf(piece), ADVICE);
  }

  private static String nameOf(Piece piece) {
    return piece.name().isEmpty() ? "" : " (" + piece.name() + ")";
  }

  private static SourceFormat document(Piece piece, String stream) throws IOException {
    try (ZipArchive zip = ZipArchive.open(piece, stream)) {
      if (zip.isStrict()) {
        throw fault(
            stream,
            "is a workbook in the form Strict Open XML, which cannot be read",
            "Save it as Excel Workbook (.xlsx) and upload that, then redrive the job.");
      }
      if (zip.has("xl/workbook.xml")) {
        return EXCEL;
      }
      String what =
          zip.has("xl/workbook.bin")
              ? "a binary Excel workbook (.xlsb)"
              : zip.has("mimetype") ? "an OpenDocument file" : "an Office file without a workbook";
      throw fault(
          stream,
          "is " + what + ", which cannot be read",
          "Save it as .xlsx or .csv and upload that, then redrive the job.");
    }
  }

  /** An encrypted .xlsx is wrapped into the old container, in a stream of this name. */
  private static PermanentFailure oldOffice(Piece piece, String stream) throws IOException {
    byte[] head;
    try (InputStream in = Files.newInputStream(piece.path())) {
      head = in.readNBytes(OFFICE_HEAD);
    }
    boolean encrypted =
        new String(head, StandardCharsets.ISO_8859_1)
            .contains(
                new String(
                    "EncryptedPackage".getBytes(StandardCharsets.UTF_16LE),
                    StandardCharsets.ISO_8859_1));
    return encrypted
        ? fault(
            stream,
            "is an Office file with a password",
            "Remove the password (File, Info, Protect Workbook) and upload it again, then redrive"
                + " the job.")
        : fault(
            stream,
            "is an old Office file, such as an Excel 97 workbook (.xls), which cannot be read",
            "Save it as .xlsx or .csv and upload that, then redrive the job.");
  }

  private static PermanentFailure fault(String stream, String what, String advice) {
    return new PermanentFailure(
        "Stream %s: the source file %s.".formatted(Names.shown(stream), what), advice);
  }
}
