package dev.odyssey.transform;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.SourceFile.Format;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Finds out what a source's files are and makes them readable for the engine. Writes only into the
 * job's directory; repeatable.
 */
final class SourceInspector {
  private final StreamDefinition stream;
  private final SourceOptions options;
  private final Unpacker unpacker;
  private final Conversion conversion;
  private final ProgressMeter progress;

  SourceInspector(StreamDefinition stream, Path directory, long maxBytes, ProgressMeter progress) {
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
  List<SourceFile> inspect(Path downloaded) throws IOException {
    List<SourceFile> files = new ArrayList<>();
    try (conversion) {
      for (Piece piece : unpacker.unpack(new Piece(downloaded, objectName()))) {
        if (FileSignature.of(piece.path()) != FileSignature.EMPTY) {
          inspect(piece).ifPresent(files::add);
        }
      }
    }
    files.addAll(conversion.files());
    if (files.isEmpty()) {
      throw new PermanentFailure(
          "Stream %s: the source file is empty.".formatted(Names.shown(stream.name())),
          "Upload a file with data, then redrive the job.");
    }
    return files;
  }

  /** Empty where the piece went into the rows of the conversion. */
  private Optional<SourceFile> inspect(Piece piece) throws IOException {
    String told = SourceFormat.told(stream, options, piece);
    SourceFormat format = SourceFormat.of(piece, told, stream.name());
    progress.found(format.shown());
    return switch (format) {
      case PARQUET -> Optional.of(new SourceFile(piece.path(), piece.name(), Format.PARQUET));
      case CSV ->
          Optional.of(
              new SourceFile(
                  unpacker.toUtf8(piece.path(), encoding(piece.path())), piece.name(), Format.CSV));
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
        .text("parquetFilePath", "storedFilePath", "filePath", "fileName")
        .map(name -> name.substring(name.lastIndexOf('/') + 1))
        .orElse("");
  }

  private Charset encoding(Path file) throws IOException {
    Charset charset = toldOrDetected(file);
    progress.found(charset.name());
    return charset;
  }

  private Charset toldOrDetected(Path file) throws IOException {
    Optional<String> told = options.text("encoding", "charset").filter(name -> !name.isBlank());
    if (told.isEmpty() || told.get().equalsIgnoreCase("auto")) {
      return TextEncoding.detect(file);
    }
    Charset charset =
        TextEncoding.named(told.get())
            .orElseThrow(
                () ->
                    new PermanentFailure(
                        "Stream %s: unknown encoding %s."
                            .formatted(Names.shown(stream.name()), Names.shown(told.get())),
                        "Correct the encoding in the data source's config, then redrive the job."));
    return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
  }
}
