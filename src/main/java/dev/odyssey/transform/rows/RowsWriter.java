package dev.odyssey.transform.rows;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.file.Scratch;
import dev.odyssey.transform.source.Rejects;
import dev.odyssey.transform.text.Names;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * Writes rows as the engine likes to read them: a JSON object a line, keyed by the column's number,
 * so that rows need not have the same columns and a new one may come at any row. Holds one row in
 * memory. Not thread-safe.
 */
public final class RowsWriter implements AutoCloseable {
  /** Before the number of a column, the key of an error in place of its value. */
  public static final String ERROR = "e";

  /** The key of the row's line in the file. */
  public static final String LINE = "l";

  /** The key of the name of the row's file. */
  public static final String FILE = "f";

  /** As wide as a sheet may be. */
  public static final int MAX_COLUMNS = 16_384;

  public static final int MAX_ROW_CHARS = 16 << 20;
  private static final int LONG_ROW_CHARS = 1 << 20;
  private static final int MAX_DOUBT_CHARS = 1_000;
  private static final int MAX_RAW_CHARS = 100_000;

  /** A NUL or half of a surrogate pair. */
  private static final Pattern BROKEN = Pattern.compile("[\0\\p{Cs}]");

  private static final JsonFactory JSON = new JsonFactory();
  private static final String EMPTY =
      "The list of rows is empty: the source was read as one without rows.";
  private static final String LONG =
      "Leave out what is not needed, or raise no such rows in the source, then redrive the job.";

  private final String stream;
  private final Path path;
  private final Scratch scratch;
  private final JsonGenerator out;
  private final Map<String, Integer> columns = new LinkedHashMap<>();
  private final List<String> types = new ArrayList<>();
  private final BitSet texts = new BitSet();
  private final BitSet errors = new BitSet();
  private final BitSet marks = new BitSet();

  private final List<String> values = new ArrayList<>();
  private final BitSet filled = new BitSet();
  private final BitSet verbatim = new BitSet();
  private final BitSet wrong = new BitSet();
  private String file;
  private long chars;
  private long line;
  private long rows;
  private long longest;
  private boolean structured;
  private JsonGenerator rejects;
  private Path rejectsPath;
  private boolean emptyList;
  private String doubt;
  private String doubtOfOnlyRow;

  public RowsWriter(String stream, Path path, Scratch scratch) throws IOException {
    this.stream = stream;
    this.path = path;
    this.scratch = scratch;
    this.out = generator(scratch.open(path));
  }

  /** A text cannot be encoded where half of a surrogate pair is missing: U+FFFD stands for it. */
  private static JsonGenerator generator(OutputStream bytes) throws IOException {
    var encoder =
        StandardCharsets.UTF_8
            .newEncoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE)
            .replaceWith("\ufffd".getBytes(StandardCharsets.UTF_8));
    return JSON.createGenerator(new OutputStreamWriter(bytes, encoder));
  }

  /** The number of the column with this name, a new one where there is none. */
  public int column(String name) {
    return column(name, Field.TEXT);
  }

  /** Of the column whose name is this but for case and blanks, where there is one. */
  public int columnLike(String name) {
    return Names.match(columns.keySet(), name).map(columns::get).orElseGet(() -> column(name));
  }

  /** What no identifier may hold is shown as U+FFFD. */
  public int column(String told, String type) {
    Integer known = columns.get(told);
    return known != null ? known : cleanColumn(BROKEN.matcher(told).replaceAll("\ufffd"), type);
  }

  private int cleanColumn(String name, String type) {
    Integer known = columns.get(name);
    if (known != null) {
      return known;
    }
    if (columns.size() == MAX_COLUMNS) {
      throw new PermanentFailure(
          "Stream %s: the source file has more than %,d different columns, such as %s."
              .formatted(Names.shown(stream), MAX_COLUMNS, Names.shown(name)),
          "Where keys are data, name the place of the rows by the source option rowsPath, or do not"
              + " use flatten, then redrive the job.");
    }
    columns.put(name, columns.size());
    types.add(type);
    values.add(null);
    return columns.size() - 1;
  }

  /** The line of the file, or the row of the sheet, on which the row under way begins. */
  public void at(long number) {
    line = number;
  }

  /**
   * Rows that follow are from this file.
   *
   * @param name null to name none
   */
  public void from(String name) {
    file = name;
  }

  /** A value of the row under way; the last one wins. Null takes it back. */
  public void text(int column, String text) {
    put(column, text, false);
    if (text != null) {
      texts.set(column);
    }
  }

  /** No value, but what went wrong in its place. */
  public void error(int column, String text) {
    put(column, text, false);
    errors.set(column);
    wrong.set(column);
  }

  /**
   * JSON that is kept as a text.
   *
   * @param marked whether numbers in it have marks
   */
  public void structure(int column, String json, boolean marked) {
    put(column, json, false);
    marks.set(column, marks.get(column) || marked);
    structured = true;
  }

  /** JSON that the engine reads as the column's own type. */
  public void json(int column, String json) {
    put(column, json, true);
  }

  private void put(int column, String value, boolean json) {
    values.set(column, value);
    filled.set(column, value != null);
    verbatim.set(column, json);
    chars += value == null ? 0 : value.length();
    if (chars > MAX_ROW_CHARS) {
      throw new PermanentFailure(
          "Stream %s: row %,d has more than %,d characters."
              .formatted(Names.shown(stream), rows + 1, MAX_ROW_CHARS),
          LONG);
    }
  }

  /** Forgets the row under way. */
  public void drop() {
    filled.stream().forEach(column -> values.set(column, null));
    filled.clear();
    wrong.clear();
    chars = 0;
  }

  public void end() throws IOException {
    if (chars < LONG_ROW_CHARS) {
      write();
    } else {
      out.flush();
      long before = scratch.written();
      write();
      out.flush();
      longest = Math.max(longest, scratch.written() - before);
    }
    rows++;
    scratch.countRow();
    drop();
  }

  private void write() throws IOException {
    out.writeStartObject();
    if (line > 0) {
      out.writeNumberField(LINE, line);
    }
    if (file != null) {
      out.writeStringField(FILE, file);
    }
    for (int i = filled.nextSetBit(0); i >= 0; i = filled.nextSetBit(i + 1)) {
      out.writeFieldName((wrong.get(i) ? ERROR : "") + i);
      if (verbatim.get(i)) {
        out.writeRawValue(values.get(i));
      } else {
        out.writeString(values.get(i));
      }
    }
    out.writeEndObject();
    out.writeRaw('\n');
  }

  /** A row that could not be taken, for the engine's table of {@link Rejects}. */
  public void reject(long line, String raw, String reason) throws IOException {
    reject(line, -1, raw, reason);
  }

  /**
   * @param offset of its first byte in the file; -1 where nobody knows
   */
  public void reject(long line, long offset, String raw, String reason) throws IOException {
    if (rejects == null) {
      rejectsPath = scratch.path("rejects");
      rejects = generator(scratch.open(rejectsPath));
    }
    rejects.writeStartObject();
    rejects.writeNumberField("line", line);
    if (offset >= 0) {
      rejects.writeNumberField("byte_offset", offset);
    }
    if (file != null) {
      rejects.writeStringField("file", file);
    }
    rejects.writeStringField(
        "raw", raw.length() > MAX_RAW_CHARS ? raw.substring(0, MAX_RAW_CHARS) + "…" : raw);
    rejects.writeStringField("reason", reason);
    rejects.writeEndObject();
    rejects.writeRaw('\n');
  }

  public long rows() {
    return rows;
  }

  /** Where rows are expected is a list of none. */
  public void emptyList() {
    emptyList = true;
  }

  public boolean metEmptyList() {
    return emptyList;
  }

  /** Why the rows may be others. */
  public void doubt(String why) {
    if (doubt == null) {
      doubt = why;
    } else if (!doubt.contains(why) && doubt.length() < MAX_DOUBT_CHARS) {
      doubt = doubt + " " + why;
    }
  }

  /** Why a row may be none, told where it is the only one and holds more than plain values. */
  public void doubtOnlyRow(String why) {
    doubtOfOnlyRow = why;
  }

  public SourceFile file() {
    boolean isEmptyList = emptyList && rows == 0 && columns.isEmpty() && rejects == null;
    boolean mayBeNone = rows == 1 && structured;
    List<Field> fields = new ArrayList<>();
    columns.forEach(
        (column, i) ->
            fields.add(
                new Field(
                    column.isBlank() ? unnamed(i) : column,
                    types.get(i),
                    types.get(i).equals(Field.TEXT) && !texts.get(i),
                    errors.get(i),
                    marks.get(i))));
    return new SourceFile(
        path,
        null,
        SourceFile.Format.ROWS,
        null,
        List.copyOf(fields),
        rows,
        longest,
        file != null,
        rejectsPath,
        isEmptyList,
        isEmptyList ? EMPTY : doubt == null && mayBeNone ? doubtOfOnlyRow : doubt);
  }

  /** An empty key, which no identifier may be, or a blank one is called by its place. */
  private String unnamed(int i) {
    String name = "column" + (i + 1);
    while (columns.containsKey(name)) {
      name += "_";
    }
    return name;
  }

  @Override
  public void close() throws IOException {
    out.close();
    if (rejects != null) {
      rejects.close();
    }
  }
}
