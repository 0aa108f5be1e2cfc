package dev.odyssey.transform.source;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.csv.CsvDetector;
import dev.odyssey.transform.csv.CsvOptions;
import dev.odyssey.transform.csv.CsvText;
import dev.odyssey.transform.definition.StreamDefinition;
import dev.odyssey.transform.engine.ProgressMeter;
import dev.odyssey.transform.file.FileSignature;
import dev.odyssey.transform.file.Piece;
import dev.odyssey.transform.file.Scratch;
import dev.odyssey.transform.file.Unpacker;
import dev.odyssey.transform.options.SourceOption;
import dev.odyssey.transform.options.SourceOptions;
import dev.odyssey.transform.rows.SourceFile;
import dev.odyssey.transform.text.Names;
import dev.odyssey.transform.text.TextEncoding;
import dev.odyssey.transform.text.TextScan;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out what a source's files are and makes them readable for the engine. Writes only into the
 * job's directory; repeatable.
 */
public final class SourceInspector {
  private static final int MANY = 200;
  private static final long SMALL_BYTES = 1 << 20;

  private final StreamDefinition stream;
  private final SourceOptions options;
  private final Unpacker unpacker;
  private final Conversion conversion;
  private final ProgressMeter progress;
  private boolean joinsCsv;

  public SourceInspector(
      StreamDefinition stream, Path directory, long maxBytes, ProgressMeter progress) {
    this.stream = stream;
    this.progress = progress;
    this.options = new SourceOptions(stream.name(), stream.sourceConfig());
    this.unpacker =
        new Unpacker(options, new Scratch(stream.name(), directory, maxBytes, progress));
    this.conversion =
        new Conversion(stream, options, new Scratch(stream.name(), directory, maxBytes, progress));
  }

  /**
   * @param downloaded a file, or a folder of the files of one table
   * @return at least one
   */
  public List<SourceFile> inspect(Path downloaded) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    try (conversion) {
      List<Piece> pieces = unpacker.unpack(new Piece(downloaded, objectName()));
      if (pieces.size() > 1) {
        conversion.nameFiles();
      }
      joinsCsv = areManyAndSmall(pieces);
      if (pieces.size() > MANY) {
        conversion.gather();
      }
      for (Piece piece : pieces) {
        if (FileSignature.of(piece.path()) != FileSignature.EMPTY) {
          inspect(piece, files);
        }
      }
      files.addAll(conversion.take());
    }
    if (files.isEmpty()) {
      throw new PermanentFailure(
          "Stream %s: the source file is empty.".formatted(Names.shown(stream.name())),
          "Upload a file with data, then redrive the job.");
    }
    return files;
  }

  /** The engine's plan grows with every file, until it does not fit. */
  private static boolean areManyAndSmall(List<Piece> pieces) throws IOException {
    long bytes = 0;
    for (Piece piece : pieces) {
      bytes += Files.size(piece.path());
    }
    return pieces.size() > MANY && bytes / pieces.size() < SMALL_BYTES;
  }

  /**
   * Of rows with one key the last wins: files stay in their order, but where they are too many.
   *
   * @param files of the pieces before
   */
  private void inspect(Piece piece, List<SourceFile> files) throws IOException {
    Optional<SourceFile> file = inspect(piece);
    if (file.isPresent()) {
      files.addAll(conversion.takeInOrder());
      files.add(file.get());
    }
  }

  /** Empty where the piece went into the rows of the conversion. */
  private Optional<SourceFile> inspect(Piece piece) throws IOException {
    String told = SourceFormat.told(stream, options, piece);
    SourceFormat format = SourceFormat.of(piece, told, stream.name());
    progress.found(format.shown());
    return switch (format) {
      case PARQUET -> Optional.of(SourceFile.parquet(piece));
      case CSV -> {
        SourceFile file = SourceFile.csv(csv(piece), piece.name());
        if (!joinsCsv) {
          yield Optional.of(file);
        }
        conversion.csv(piece, lookAgain(List.of(file)).get(0).text());
        yield Optional.empty();
      }
      case JSON -> {
        boolean lines = told.equals("ndjson") || told.equals("jsonl");
        conversion.json(piece, encoding(piece.path()), lines);
        yield Optional.empty();
      }
      case EXCEL -> {
        conversion.excel(piece);
        yield Optional.empty();
      }
      case AVRO -> {
        conversion.avro(piece);
        yield Optional.empty();
      }
    };
  }

  private String objectName() {
    return options
        .hint("parquetFilePath", "storedFilePath", "filePath", "fileName")
        .map(name -> name.substring(name.lastIndexOf('/') + 1))
        .orElse("");
  }

  /** As UTF-8, where the beginning is that and nothing else is told. */
  private CsvText csv(Piece piece) throws IOException {
    CsvText text = inUtf8(piece.path());
    if (FileSignature.isBinary(CsvDetector.head(text.path()))) {
      throw SourceFormat.binary(piece, stream.name());
    }
    return text;
  }

  private CsvText inUtf8(Path file) throws IOException {
    Charset charset = toldOrMarked(file).orElse(null);
    if (charset == null || charset.equals(StandardCharsets.UTF_8)) {
      CsvText text = CsvText.of(file, detector());
      if (charset != null || text.beginsPlain()) {
        progress.found(StandardCharsets.UTF_8.name());
        return text;
      }
      charset = TextEncoding.of(file, text.scan());
      if (charset.equals(StandardCharsets.UTF_8)) {
        progress.found(charset.name());
        return text;
      }
    }
    return inUtf8(file, charset);
  }

  /** The same files by all of their bytes, where their beginnings have told too little. */
  public List<SourceFile> lookAgain(List<SourceFile> files) throws IOException {
    List<SourceFile> settled = new ArrayList<>();
    for (SourceFile file : files) {
      CsvText text = file.text();
      if (text != null && toldOrMarked(text.path()).isEmpty()) {
        Charset charset = TextEncoding.of(text.path(), text.scan());
        text = charset.equals(StandardCharsets.UTF_8) ? text : inUtf8(text.path(), charset);
      }
      settled.add(text == null ? file : SourceFile.csv(text, file.name()));
    }
    return settled;
  }

  private CsvText inUtf8(Path file, Charset charset) throws IOException {
    progress.found(charset.name());
    if (TextEncoding.cannotBe(charset, file)) {
      throw unpacker.notIn(charset, null);
    }
    return CsvText.of(unpacker.toUtf8(file, charset), detector());
  }

  private CsvDetector detector() {
    return new CsvDetector(CsvOptions.of(options), stream.wantedColumns());
  }

  private Charset encoding(Path file) throws IOException {
    Optional<Charset> known = toldOrMarked(file);
    Charset charset = known.isPresent() ? known.get() : TextEncoding.of(file, TextScan.of(file));
    progress.found(charset.name());
    return charset;
  }

  private Optional<Charset> toldOrMarked(Path file) throws IOException {
    Optional<String> told = options.text(SourceOption.ENCODING).filter(name -> !name.isBlank());
    if (told.isEmpty() || told.get().equalsIgnoreCase("auto")) {
      return TextEncoding.marked(file);
    }
    Charset charset =
        TextEncoding.named(told.get())
            .orElseThrow(
                () ->
                    new PermanentFailure(
                        "Stream %s: unknown encoding %s."
                            .formatted(Names.shown(stream.name()), Names.shown(told.get())),
                        "Correct the encoding in the data source's config, then redrive the job."));
    return Optional.of(
        charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset);
  }
}
