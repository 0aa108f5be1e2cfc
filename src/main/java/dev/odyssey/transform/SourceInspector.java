package dev.odyssey.transform;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.SourceFile.Format;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Finds out what a source file is, by its bytes against what its config, type and name say, and
 * makes it readable for the engine. Writes only into the job's directory; repeatable.
 */
final class SourceInspector {
  private static final String ADVICE =
      "Upload the right file or correct the data source's type and format, then redrive the job.";
  private static final Set<String> CSV_WORDS = Set.of("csv", "tsv", "tab", "txt");

  private final StreamDefinition stream;
  private final SourceOptions options;
  private final Unpacker unpacker;

  SourceInspector(StreamDefinition stream, Path directory, long maxBytes) {
    this.stream = stream;
    this.options = new SourceOptions(stream.name(), stream.sourceConfig());
    this.unpacker = new Unpacker(stream.name(), directory, maxBytes);
  }

  SourceFile inspect(Path downloaded) throws IOException {
    Path file = unpacker.decompress(downloaded);
    FileSignature signature = FileSignature.of(file);
    if (signature == FileSignature.EMPTY) {
      throw fault("the source file is empty");
    }
    Format format = format(signature);
    return format == Format.PARQUET
        ? new SourceFile(file, format)
        : new SourceFile(unpacker.toUtf8(file, encoding(file), format), format);
  }

  private Format format(FileSignature signature) {
    String told = told().orElse("");
    if (signature == FileSignature.PARQUET) {
      if (!told.isEmpty() && !told.equals("parquet")) {
        throw contradiction(told, signature);
      }
      return Format.PARQUET;
    }
    if (!signature.isText()) {
      throw told.isEmpty() || CSV_WORDS.contains(told)
          ? fault("the source file is " + signature.shown() + ", which cannot be read")
          : contradiction(told, signature);
    }
    if (CSV_WORDS.contains(told) && signature != FileSignature.HTML) {
      return Format.CSV;
    }
    if (told.equals("parquet") || signature == FileSignature.HTML) {
      throw contradiction(told.isEmpty() ? "a table" : told, signature);
    }
    return json(told, signature);
  }

  private Format json(String told, FileSignature signature) {
    boolean toldJson = !told.isEmpty();
    return switch (signature) {
      case JSON_ARRAY -> Format.JSON_ARRAY;
      case JSON_OBJECT ->
          told.equals("ndjson") || told.equals("jsonl") ? Format.NDJSON : Format.JSON_VALUES;
      case TEXT -> {
        if (toldJson) {
          throw contradiction(told, signature);
        }
        yield Format.CSV;
      }
      default -> throw fault("the source file is " + signature.shown() + ", which cannot be read");
    };
  }

  /** The format that the config, else the file's name, else the source's type says. */
  private Optional<String> told() {
    return options
        .text("format", "fileFormat", "fileType")
        .or(this::extension)
        .or(() -> Optional.of(stream.sourceType()))
        .map(word -> word.toLowerCase(Locale.ROOT))
        .filter(
            word ->
                CSV_WORDS.contains(word)
                    || Set.of("json", "ndjson", "jsonl", "geojson", "parquet").contains(word));
  }

  private Optional<String> extension() {
    return options
        .text("parquetFilePath", "storedFilePath", "filePath", "fileName")
        .map(name -> name.toLowerCase(Locale.ROOT).replaceFirst("\\.(gz|gzip|zst|zstd)$", ""))
        .filter(name -> name.lastIndexOf('.') > name.lastIndexOf('/'))
        .map(name -> name.substring(name.lastIndexOf('.') + 1));
  }

  private Charset encoding(Path file) throws IOException {
    Optional<String> told = options.text("encoding", "charset").filter(name -> !name.isBlank());
    if (told.isEmpty() || told.get().equalsIgnoreCase("auto")) {
      return TextEncoding.detect(file);
    }
    Charset charset =
        TextEncoding.named(told.get())
            .orElseThrow(() -> fault("unknown encoding " + Names.shown(told.get())));
    return charset.equals(StandardCharsets.US_ASCII) ? StandardCharsets.UTF_8 : charset;
  }

  private PermanentFailure contradiction(String told, FileSignature signature) {
    return fault("the source file should be " + told + " but is " + signature.shown());
  }

  private PermanentFailure fault(String what) {
    return new PermanentFailure(
        "Stream %s: %s.".formatted(Names.shown(stream.name()), what), ADVICE);
  }
}
