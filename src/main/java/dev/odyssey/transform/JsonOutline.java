package dev.odyssey.transform;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The lists of objects that a JSON document holds, outermost ones alone. Immutable.
 *
 * @param candidates none where the document itself is a list, or several values one after another;
 *     at most a few
 * @param isRow true where the document is one object without such a list
 */
record JsonOutline(List<JsonPath> candidates, boolean isRow) {
  private static final int ENOUGH = 20;

  /** Reads the whole document, and holds nothing of it but the path it is at. */
  static JsonOutline of(JsonParser parser) throws IOException {
    List<JsonPath> candidates = new ArrayList<>();
    boolean one = false;
    if (parser.nextToken() == JsonToken.START_OBJECT) {
      object(parser, new ArrayList<>(), candidates);
      one = parser.nextToken() == null;
      if (!one) {
        candidates.clear();
      }
    }
    return new JsonOutline(List.copyOf(candidates), one && candidates.isEmpty());
  }

  private static void object(JsonParser parser, List<String> path, List<JsonPath> candidates)
      throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      path.add(parser.currentName());
      JsonToken value = parser.nextToken();
      if (value == JsonToken.START_OBJECT) {
        object(parser, path, candidates);
      } else if (value == JsonToken.START_ARRAY) {
        array(parser, path, candidates);
      }
      path.remove(path.size() - 1);
    }
  }

  private static void array(JsonParser parser, List<String> path, List<JsonPath> candidates)
      throws IOException {
    boolean rows = parser.nextToken() == JsonToken.START_OBJECT;
    if (rows && candidates.size() < ENOUGH) {
      candidates.add(new JsonPath(List.copyOf(path)));
    }
    while (parser.currentToken() != JsonToken.END_ARRAY) {
      parser.skipChildren();
      parser.nextToken();
    }
  }
}
