package dev.odyssey.transform.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.rows.RowsWriter;
import dev.odyssey.transform.text.Names;
import java.io.IOException;
import java.io.StringWriter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Turns JSON values into rows: an object's keys are columns, found from the whole file. Numbers
 * keep every digit; of a doubled key the last value wins. Not thread-safe.
 */
public final class JsonRows implements JsonPath.Visitor {
  private static final JsonFactory JSON = new JsonFactory();

  private static final String END_OF_KEY = "\0";
  private static final String NAMES =
      "The rows are lists, and the first may be the names of their columns. Where it is, set the"
          + " source option header to true, else to false.";

  private final String stream;
  private final RowsWriter out;
  private final String separator;
  private final JsonListNames listNames;

  /** The path of each column of the row under way, where names may be flattened. */
  private final Map<String, String> paths = new HashMap<>();

  private JsonToken kind;

  /** Of the columns of rows that are lists; null until that is known. */
  private List<String> names;

  /** A first row that may be these names, as JSON. */
  private String held;

  private long heldLine;

  /**
   * @param separator between the names of flattened fields; null to keep nested objects as JSON
   */
  public JsonRows(String stream, RowsWriter out, String separator, JsonListNames listNames) {
    this.stream = stream;
    this.out = out;
    this.separator = separator;
    this.listNames = listNames;
    this.names = listNames.mayBe() ? null : List.of();
  }

  long count() {
    return out.rows() + (held == null ? 0 : 1);
  }

  void doubt(String why) {
    out.doubt(why);
  }

  void doubtOnlyRow(String why) {
    out.doubtOnlyRow(why);
  }

  @Override
  public void row(JsonParser value) throws IOException {
    long line = value.currentTokenLocation().getLineNr();
    if (!isLikeOthers(value.currentToken())) {
      reject(line, json(value), notLikeOthers());
    } else if (isBeforeNames()) {
      hold(line, json(value));
    } else {
      out.at(line);
      add(value);
      out.end();
    }
  }

  @Override
  public void emptyList() {
    out.emptyList();
  }

  boolean metEmptyList() {
    return out.metEmptyList();
  }

  /** As {@link #row} for a value that is all of its line. */
  void line(JsonParser value, long number, String raw) throws IOException {
    if (!isLikeOthers(value.currentToken())) {
      reject(number, raw, notLikeOthers());
      return;
    }
    boolean holds = isBeforeNames();
    String row = holds ? json(value) : null;
    if (!holds) {
      out.at(number);
      add(value);
    }
    if (value.nextToken() != null) {
      reject(number, raw, "The line is more than one value");
    } else if (holds) {
      hold(number, row);
    } else {
      out.end();
    }
  }

  /** After the last row. */
  void end() throws IOException {
    if (held != null) {
      settle(null);
    }
  }

  private boolean isBeforeNames() {
    return kind == JsonToken.START_ARRAY && names == null;
  }

  private void hold(long line, String row) throws IOException {
    if (held == null) {
      held = row;
      heldLine = line;
    } else {
      settle(row);
      add(line, row);
    }
  }

  /**
   * @param second row, as JSON; null where there is none
   */
  private void settle(String second) throws IOException {
    Optional<List<String>> found = listNames.of(held, second);
    names = found.orElse(List.of());
    if (found.isEmpty()) {
      if (listNames.looksLikeNames(held)) {
        out.doubt(NAMES);
      }
      add(heldLine, held);
    }
    held = null;
  }

  private void add(long line, String row) throws IOException {
    try (JsonParser value = JsonReader.JSON.createParser(row)) {
      value.nextToken();
      out.at(line);
      add(value);
      out.end();
    }
  }

  void reject(long line, String raw, String reason) throws IOException {
    out.drop();
    out.reject(line, raw, reason);
  }

  private boolean isLikeOthers(JsonToken token) {
    if (kind == null && token != JsonToken.VALUE_NULL) {
      kind = kindOf(token);
    }
    return kindOf(token) == kind;
  }

  private String notLikeOthers() {
    return "The row is not an " + (kind == JsonToken.START_ARRAY ? "array" : "object");
  }

  private void add(JsonParser value) throws IOException {
    out.drop();
    paths.clear();
    switch (kind) {
      case START_OBJECT -> object(value, "", "");
      case START_ARRAY -> array(value);
      default -> put("value", "value", value);
    }
  }

  /**
   * @param prefix of the columns' names
   * @param path the same with a separator that no key has
   */
  private void object(JsonParser value, String prefix, String path) throws IOException {
    while (value.nextToken() != JsonToken.END_OBJECT) {
      String key = value.currentName();
      value.nextToken();
      put(prefix + key, path + key, value);
    }
  }

  /** One of two values would be lost. */
  private void requireOnly(String name, String path) {
    String other = separator == null ? null : paths.put(name, path);
    if (other != null && !other.equals(path)) {
      throw new PermanentFailure(
          "Stream %s: flattened, %s and %s are both the column %s."
              .formatted(Names.shown(stream), keys(other), keys(path), Names.shown(name)),
          "Choose a source option flattenSeparator that no key holds, or set flatten to false, then"
              + " redrive the job.");
    }
  }

  private static String keys(String path) {
    return Names.shown(path.replace(END_OF_KEY, " > "));
  }

  private void array(JsonParser value) throws IOException {
    for (int i = 0; value.nextToken() != JsonToken.END_ARRAY; i++) {
      String name = i < names.size() ? names.get(i) : "column" + (i + 1);
      put(name, name, value);
    }
  }

  private void put(String name, String path, JsonParser value) throws IOException {
    if (separator != null && value.currentToken() == JsonToken.START_OBJECT) {
      object(value, name + separator, path + END_OF_KEY);
      return;
    }
    requireOnly(name, path);
    switch (value.currentToken()) {
      case START_OBJECT, START_ARRAY -> {
        String json = json(value, true);
        out.structure(out.column(name), json, JsonDigits.isIn(json));
      }
      case VALUE_NULL -> out.text(out.column(name), null);
      default -> out.text(out.column(name), value.getText());
    }
  }

  /** The value as it is, but for blanks between its tokens. */
  static String json(JsonParser value) throws IOException {
    return json(value, false);
  }

  /**
   * @param marks whether numbers have the mark of {@link JsonDigits} where they need it
   */
  private static String json(JsonParser value, boolean marks) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(text)) {
      int depth = 0;
      do {
        copy(value, json, marks);
        depth += depth(value.currentToken());
        if (text.getBuffer().length() > RowsWriter.MAX_ROW_CHARS) {
          value.skipChildren(); // the writer refuses the row by its length
          break;
        }
      } while (depth > 0 && value.nextToken() != null);
    }
    return text.toString();
  }

  private static int depth(JsonToken token) {
    return token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
  }

  private static void copy(JsonParser value, JsonGenerator json, boolean marks) throws IOException {
    switch (value.currentToken()) {
      case VALUE_NUMBER_INT -> json.writeNumber(value.getText());
      case VALUE_NUMBER_FLOAT -> {
        String number = value.getText();
        if (value.isNaN()) {
          json.writeString(number);
        } else if (marks && !JsonDigits.isSafe(number)) {
          json.writeString(JsonDigits.marked(number));
        } else {
          json.writeNumber(number);
        }
      }
      default -> json.copyCurrentEvent(value);
    }
  }

  private static JsonToken kindOf(JsonToken token) {
    return token.isScalarValue() && token != JsonToken.VALUE_NULL ? JsonToken.VALUE_STRING : token;
  }
}
