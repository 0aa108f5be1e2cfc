package dev.odyssey.transform.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Where the rows are in a JSON document: {@code data.items}, {@code $.data.items[*]}, {@code
 * $['data']['items']} or the pointer {@code /data/items}; {@code *} is every key or element.
 * Immutable.
 */
record JsonPath(List<String> steps) {
  static final JsonPath ROOT = new JsonPath(List.of());

  private static final Pattern QUOTED = Pattern.compile("\\[\\s*['\"]");
  private static final Pattern STEP = Pattern.compile("\\[\\s*(['\"])(.*?)\\1\\s*\\]|[^.\\[\\]]+");

  /** Whether it asks for keys at any depth, as {@code $..items} does, which is not read. */
  static boolean isDeep(String text) {
    String plain = text.replaceAll("\\[\\s*(['\"]).*?\\1\\s*\\]", "[]");
    return !plain.strip().startsWith("/") && plain.contains("..");
  }

  /** Takes one row's value; the parser is at its first token and is left at its last. */
  interface Visitor {
    void row(JsonParser value) throws IOException;

    /** Where rows are looked for is a list, and it has none. */
    void emptyList();
  }

  static JsonPath of(String text) {
    String told = text.strip().replaceFirst("^\\$\\.?", "");
    List<String> steps = new ArrayList<>();
    if (told.startsWith("/")) {
      for (String step : told.substring(1).split("/", -1)) {
        steps.add(step.replace("~1", "/").replace("~0", "~"));
      }
    } else if (QUOTED.matcher(told).find()) {
      STEP.matcher(told)
          .results()
          .map(step -> step.group(1) == null ? step.group() : step.group(2))
          .forEach(steps::add);
    } else {
      Arrays.stream(told.replaceAll("\\[(\\d+|\\*)\\]", ".$1").split("\\.", -1))
          .filter(step -> !step.isEmpty())
          .forEach(steps::add);
    }
    return new JsonPath(List.copyOf(steps));
  }

  /** Every row under one root value; the parser is at its first token. */
  void visit(JsonParser parser, Visitor rows) throws IOException {
    visit(parser, 0, rows);
  }

  private void visit(JsonParser parser, int depth, Visitor rows) throws IOException {
    if (depth == steps.size()) {
      rows(parser, rows);
      return;
    }
    JsonToken end = null;
    boolean object = parser.currentToken() == JsonToken.START_OBJECT;
    if (object) {
      end = JsonToken.END_OBJECT;
    } else if (parser.currentToken() == JsonToken.START_ARRAY) {
      end = JsonToken.END_ARRAY;
    } else {
      return;
    }
    for (int i = 0; parser.nextToken() != end; i++) {
      String key = object ? parser.currentName() : String.valueOf(i);
      if (object) {
        parser.nextToken();
      }
      if (steps.get(depth).equals("*") || steps.get(depth).equals(key)) {
        visit(parser, depth + 1, rows);
      } else {
        parser.skipChildren();
      }
    }
  }

  private static void rows(JsonParser parser, Visitor rows) throws IOException {
    if (parser.currentToken() != JsonToken.START_ARRAY) {
      rows.row(parser);
      return;
    }
    if (parser.nextToken() == JsonToken.END_ARRAY) {
      rows.emptyList();
    }
    for (; parser.currentToken() != JsonToken.END_ARRAY; parser.nextToken()) {
      rows.row(parser);
    }
  }

  @Override
  public String toString() {
    return String.join(".", steps);
  }
}
