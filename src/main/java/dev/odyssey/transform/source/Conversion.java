package dev.odyssey.transform.source;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.failure.TransientFailure;
import dev.odyssey.transform.avro.AvroReader;
import dev.odyssey.transform.csv.CsvOptions;
import dev.odyssey.transform.csv.CsvText;
import dev.odyssey.transform.definition.StreamDefinition;
import dev.odyssey.transform.excel.ExcelReader;
import dev.odyssey.transform.file.Piece;
import dev.odyssey.transform.file.Scratch;
import dev.odyssey.transform.file.Unpacker;
import dev.odyssey.transform.json.JsonListNames;
import dev.odyssey.transform.json.JsonReader;
import dev.odyssey.transform.json.JsonRows;
import dev.odyssey.transform.options.SourceOption;
import dev.odyssey.transform.options.SourceOptions;
import dev.odyssey.transform.rows.RowsWriter;
import dev.odyssey.transform.rows.SourceFile;
import dev.odyssey.transform.text.Names;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Turns what the engine cannot read by itself into rows that it can: pieces that follow one another
 * go into one file where their types allow. Streams; its files can be read once taken.
 */
final class Conversion implements AutoCloseable {
  private static final Pattern CLASS = Pattern.compile("^([a-z]\\w*\\.)+\\w+: ");

  private final StreamDefinition stream;
  private final SourceOptions options;
  private final Scratch scratch;
  private final Map<Map<String, String>, RowsWriter> writers = new LinkedHashMap<>();
  private final List<SourceFile> files = new ArrayList<>();
  private boolean namesFiles;
  private boolean gathers;

  Conversion(StreamDefinition stream, SourceOptions options, Scratch scratch) {
    this.stream = stream;
    this.options = options;
    this.scratch = scratch;
  }

  /** Each row gets the name of its piece, from now on. */
  void nameFiles() {
    namesFiles = true;
  }

  /** As few files as there are types, from now on, whatever stands between the pieces. */
  void gather() {
    gathers = true;
  }

  void csv(Piece piece, CsvText text) throws IOException {
    CsvRows.read(text, CsvOptions.of(options), writer(piece, Map.of()));
  }

  void json(Piece piece, Charset charset, boolean lines) throws IOException {
    boolean flatten = options.flag(SourceOption.FLATTEN).orElse(false);
    String separator = flatten ? options.text(SourceOption.FLATTEN_SEPARATOR).orElse(".") : null;
    var names = new JsonListNames(options.flag(SourceOption.HEADER), stream.wantedColumns());
    JsonRows rows = new JsonRows(stream.name(), writer(piece, Map.of()), separator, names);
    new JsonReader(options, piece, charset, rows).read(lines, stream);
  }

  void avro(Piece piece) throws IOException {
    guard(
        piece,
        "Avro",
        () -> {
          try (AvroReader in = new AvroReader(piece.path())) {
            in.read(writer(piece, in.columns()));
          }
        });
  }

  void excel(Piece piece) throws IOException {
    guard(
        piece,
        "Excel workbook",
        () ->
            new ExcelReader(options, stream.wantedColumns(), scratch)
                .read(piece, writer(piece, Map.of())));
  }

  private interface Reading {
    void read() throws Exception;
  }

  /** Whatever a library throws over a file's bytes, the file is at fault; the disk is not. */
  private void guard(Piece piece, String format, Reading reading) throws IOException {
    try {
      reading.read();
    } catch (PermanentFailure | TransientFailure | FileSystemException e) {
      throw e;
    } catch (OutOfMemoryError e) {
      throw damaged(piece, format, "a part of it does not fit into memory", e);
    } catch (Exception e) {
      if (String.valueOf(e.getMessage()).contains("No space left")) {
        throw new IOException(e);
      }
      throw damaged(piece, format, why(e), e);
    }
  }

  /** What a library says, without the names of its classes; of its own slips it says nothing. */
  private static String why(Exception e) {
    if (e instanceof EOFException && e.getMessage() == null) {
      return "it ends too early";
    }
    if (String.valueOf(e.getMessage()).startsWith(ExcelReader.BOMB)) {
      return "a part of it unpacks to 4 GiB or more than 500 times its size, as a zip bomb does";
    }
    boolean slip =
        e.getMessage() == null
            || e instanceof NullPointerException
            || e instanceof ClassCastException
            || e instanceof IndexOutOfBoundsException;
    return slip
        ? "its parts contradict each other"
        : CLASS.matcher(e.getMessage()).replaceFirst("");
  }

  private PermanentFailure damaged(Piece piece, String format, String why, Throwable cause) {
    return new PermanentFailure(
        "Stream %s: the source file is damaged %s%s: %s."
            .formatted(
                Names.shown(stream.name()),
                format,
                piece.name().isEmpty() ? "" : " (" + piece.name() + ")",
                why.replaceAll("\\s+", " ").replaceFirst("\\.$", "")),
        Unpacker.ADVICE,
        null,
        cause);
  }

  /** The files of the pieces so far, before a file that is none of them. */
  List<SourceFile> takeInOrder() throws IOException {
    return gathers ? List.of() : take();
  }

  /** The files of the pieces since the last call: what comes next goes into others. */
  List<SourceFile> take() throws IOException {
    end();
    List<SourceFile> taken = List.copyOf(files);
    files.clear();
    return taken;
  }

  /**
   * @param types of the columns; empty where all are texts
   */
  private RowsWriter writer(Piece piece, Map<String, String> types) throws IOException {
    RowsWriter known = writers.get(types);
    if (known == null) {
      if (!gathers) {
        end();
      }
      known = new RowsWriter(stream.name(), scratch.path("rows"), scratch);
      writers.put(types, known);
    }
    known.from(namesFiles ? piece.name() : null);
    return known;
  }

  private void end() throws IOException {
    close();
    for (RowsWriter writer : writers.values()) {
      files.add(writer.file());
    }
    writers.clear();
  }

  @Override
  public void close() throws IOException {
    for (RowsWriter writer : writers.values()) {
      writer.close();
    }
  }
}
