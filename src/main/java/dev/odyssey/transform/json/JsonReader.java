package dev.odyssey.transform.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.definition.StreamDefinition;
import dev.odyssey.transform.file.BadBytes;
import dev.odyssey.transform.file.Piece;
import dev.odyssey.transform.file.Unpacker;
import dev.odyssey.transform.options.SourceOption;
import dev.odyssey.transform.options.SourceOptions;
import dev.odyssey.transform.rows.RowsWriter;
import dev.odyssey.transform.text.Names;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Reads JSON in any of its layouts in one pass: an array of rows, rows one after another, a row a
 * line, rows under a path. Holds one row in memory. Repeatable.
 */
public final class JsonReader {
  private static final int PEEK_CHARS = 1 << 20;

  /** A list of rows, of which there may be one in each line; a row that is a list holds values. */
  private static final Pattern BATCH = Pattern.compile("\\[\\s*\\{");

  /** The first line of a bulk request to Elasticsearch: what follows it says what to do there. */
  private static final Pattern BULK =
      Pattern.compile(
          "\\{\\s*\"(index|create|update|delete)\"\\s*:\\s*\\{\\s*(\"_(index|id|type)\"|})");

  /** Lenient where nothing is lost; a row's length is {@link RowsWriter}'s to limit. */
  static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .enable(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxStringLength(RowsWriter.MAX_ROW_CHARS)
                  .maxNumberLength(10_000)
                  .build())
          .build();

  private static final String SOUND =
      "Upload sound JSON, or name the place of the rows by the source option rowsPath, such as"
          + " data.items, then redrive the job.";
  private static final String ENCODED =
      "Correct that line, or name the file's encoding by the source option encoding, such as"
          + " windows-1252, then redrive the job.";
  private static final String NO_ACTIONS =
      "Leave out the lines of index, create, update and delete, then redrive the job.";
  private static final String SMALLER =
      "Split the value, or leave it out of the file, then redrive the job.";

  private final SourceOptions options;
  private final Piece piece;
  private final Charset charset;
  private final JsonRows rows;

  public JsonReader(SourceOptions options, Piece piece, Charset charset, JsonRows rows) {
    this.options = options;
    this.piece = piece;
    this.charset = charset;
    this.rows = rows;
  }

  /**
   * @param toldLines true where the config or the name says that each line is a row
   * @param stream whose file it is: an object that has the columns of its mappings is a row
   */
  public void read(boolean toldLines, StreamDefinition stream) throws IOException {
    JsonPath path = toldPath();
    try {
      if (path == null && isLines(toldLines)) {
        lines();
      } else {
        document(path == null ? detectPath(stream) : path);
      }
      rows.end();
    } catch (JsonProcessingException e) {
      throw broken(e);
    } catch (CharacterCodingException e) {
      throw fault(
          "the source file is not %s in line %,d"
              .formatted(charset.name(), BadBytes.line(piece.path(), charset)),
          ENCODED,
          e);
    }
  }

  /** Null where none is told. */
  private JsonPath toldPath() {
    String path = options.text(SourceOption.ROWS_PATH).orElse(null);
    if (path != null && JsonPath.isDeep(path)) {
      throw options.fault(
          SourceOption.ROWS_PATH,
          TextNode.valueOf(path),
          "must name each key on the way, or write * for it: .. is not read");
    }
    return path == null ? null : JsonPath.of(path);
  }

  private JsonPath detectPath(StreamDefinition stream) throws IOException {
    try (JsonParser parser = JSON.createParser(text())) {
      JsonOutline outline = JsonOutline.of(parser);
      if (outline.isRowWith(stream.wantedColumns())) {
        JsonDoubts.ofRow(outline, rows);
        return JsonPath.ROOT;
      }
      if (outline.candidates().size() > 1) {
        throw fault(
            "the source file has more than one list of rows: "
                + JsonDoubts.shown(outline.candidates()),
            null);
      }
      JsonDoubts.of(outline, stream, rows);
      return outline.candidates().isEmpty() ? JsonPath.ROOT : outline.candidates().get(0);
    }
  }

  /**
   * True where the first line is a whole object or array, the next begins another, and no row has
   * several.
   */
  private boolean isLines(boolean told) throws IOException {
    char[] peek = new char[PEEK_CHARS];
    int length = 0;
    try (Reader in = text()) {
      for (int read = 0; read >= 0 && length < PEEK_CHARS; length += Math.max(read, 0)) {
        read = in.read(peek, length, PEEK_CHARS - length);
      }
    }
    List<String> all =
        new String(peek, 0, length)
            .lines()
            .map(JsonReader::bare)
            .filter(line -> !line.isEmpty())
            .toList();
    List<String> lines = all.subList(0, Math.min(all.size(), 2));
    if (lines.isEmpty() || (lines.size() == 1 && length == PEEK_CHARS)) {
      return told && !lines.isEmpty() && lines.get(0).startsWith("{");
    }
    String first = lines.get(0);
    if (BATCH.matcher(first).lookingAt()) {
      return false;
    }
    boolean another = lines.size() > 1 && lines.get(1).charAt(0) == first.charAt(0);
    boolean oneLine = all.size() == 1 && isSeveral(first);
    return (told ? !isCut(first) && !oneLine : another && isWhole(first)) && !hasRowOfLines(all);
  }

  /** Whether the first line that is no row begins a sound one of several lines. */
  private static boolean hasRowOfLines(List<String> lines) throws IOException {
    for (int i = 0; i < lines.size(); i++) {
      if (!isWhole(lines.get(i))) {
        return isRowOfLines(String.join("\n", lines.subList(i, lines.size())));
      }
    }
    return false;
  }

  /** It ends with one of its lines, and so no broken line takes others for its own. */
  private static boolean isRowOfLines(String text) throws IOException {
    try (JsonParser parser = JSON.createParser(text)) {
      boolean isRow = parser.nextToken() == JsonToken.START_OBJECT;
      parser.skipChildren();
      int end = parser.currentLocation().getLineNr();
      return isRow && (parser.nextToken() == null || parser.currentLocation().getLineNr() > end);
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static boolean isWhole(String line) throws IOException {
    try (JsonParser parser = JSON.createParser(value(line))) {
      parser.nextToken();
      parser.skipChildren();
      return parser.nextToken() == null;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /** Sound values one after the other, as streams write them that end no line. */
  private static boolean isSeveral(String line) throws IOException {
    try (JsonParser parser = JSON.createParser(line)) {
      int values = 0;
      for (; parser.nextToken() != null; values++) {
        parser.skipChildren();
      }
      return values > 1;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  private static boolean isCut(String line) throws IOException {
    try (JsonParser parser = JSON.createParser(line)) {
      parser.nextToken();
      parser.skipChildren();
      return parser.currentToken() == null;
    } catch (JsonEOFException e) {
      return true;
    } catch (JsonProcessingException e) {
      return false;
    }
  }

  /** A broken line is a reject. */
  private void lines() throws IOException {
    try (LineReader in = new LineReader(text(), RowsWriter.MAX_ROW_CHARS)) {
      for (String line = in.next(); line != null; line = in.next()) {
        if (line.isBlank()) {
          continue;
        }
        if (rows.count() == 0 && BULK.matcher(line.strip()).lookingAt()) {
          throw fault("the source file is an Elasticsearch bulk request", NO_ACTIONS, null);
        }
        try (JsonParser parser = JSON.createParser(value(bare(line)))) {
          parser.nextToken();
          rows.line(parser, in.number(), line);
        } catch (StreamConstraintsException e) {
          rows.reject(in.number(), line, "The line's JSON is nested too deep or too large");
        } catch (JsonProcessingException e) {
          rows.reject(in.number(), line, "The line is not JSON");
        }
      }
    } catch (LineReader.TooLong e) {
      throw fault(
          "line %,d has more than %,d characters".formatted(e.number(), RowsWriter.MAX_ROW_CHARS),
          e);
    }
  }

  /** U+001E is white space too, as of RFC 7464; files put together keep a mark each. */
  private static String bare(String line) {
    return (line.startsWith("\ufeff") ? line.substring(1) : line).strip();
  }

  /** As some write who take a list apart: with a comma behind each. */
  private static String value(String line) {
    return line.endsWith(",") ? line.substring(0, line.length() - 1) : line;
  }

  private void document(JsonPath path) throws IOException {
    long before = rows.count();
    long values = 0;
    long without = 0;
    try (JsonParser parser = JSON.createParser(text())) {
      while (parser.nextToken() != null) {
        long earlier = rows.count();
        path.visit(parser, rows);
        values++;
        without += rows.count() == earlier ? 1 : 0;
      }
    }
    if (path.equals(JsonPath.ROOT)) {
      return;
    }
    String shown = Names.shown(path.toString());
    if (rows.count() == before && !rows.metEmptyList()) {
      throw fault("the source file has no rows under the path " + shown, null);
    }
    if (without > 0) {
      rows.doubt(
          "%,d of the %,d JSON values one after the other have no rows under the path %s."
              .formatted(without, values, shown));
    }
  }

  /** Without a byte-order mark. */
  private Reader text() throws IOException {
    Reader reader = Unpacker.reader(piece.path(), charset);
    return charset.name().toLowerCase(Locale.ROOT).startsWith("utf")
        ? LineReader.withoutMark(reader)
        : reader;
  }

  private PermanentFailure broken(JsonProcessingException e) {
    boolean isSound = e instanceof StreamConstraintsException;
    var place = e.getLocation();
    String where =
        place == null
            ? ""
            : " at line %d, column %d".formatted(place.getLineNr(), place.getColumnNr());
    String why =
        e.getOriginalMessage()
            .replaceAll("\\s+", " ")
            .replaceAll(", from `[^`]*`|: enable `[^`]*` to allow", "")
            .replaceAll("\\[Source: .*?; (line: \\d+, column: \\d+)]", "$1");
    return isSound
        ? fault("the source file has JSON that is too large" + where + ": " + why, SMALLER, e)
        : fault("the source file is broken JSON" + where + ": " + why, e);
  }

  private PermanentFailure fault(String what, Exception cause) {
    return fault(what, SOUND, cause);
  }

  private PermanentFailure fault(String what, String advice, Exception cause) {
    String name = piece.name().isEmpty() ? "" : " (" + piece.name() + ")";
    return new PermanentFailure(
        "Stream %s: %s%s.".formatted(Names.shown(options.stream()), what, name),
        advice,
        null,
        cause);
  }
}
