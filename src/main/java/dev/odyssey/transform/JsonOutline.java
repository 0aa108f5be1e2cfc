package dev.odyssey.transform;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Where a JSON document may hold its rows: its lists of objects, outermost ones alone, and the
 * lists that may be the rows instead of these. Immutable.
 *
 * @param candidates lists of objects, and of lists no deeper than these, of which the objects may
 *     be the columns; none where the document itself is a list, or several values one after
 *     another, or holds no list of objects; of each kind at most a few
 * @param empty lists without elements, no deeper than the candidates
 * @param isRow true where the document is one object without a list of objects
 */
record JsonOutline(List<JsonPath> candidates, List<JsonPath> empty, boolean isRow) {
  private static final int ENOUGH = 20;

  /** Reads the whole document, and holds nothing of it but the path it is at. */
  static JsonOutline of(JsonParser parser) throws IOException {
    Map<JsonToken, List<JsonPath>> found = new EnumMap<>(JsonToken.class);
    boolean one = false;
    if (parser.nextToken() == JsonToken.START_OBJECT) {
      object(parser, new ArrayList<>(), found);
      one = parser.nextToken() == null;
    }
    List<JsonPath> objects =
        one ? found.getOrDefault(JsonToken.START_OBJECT, List.of()) : List.of();
    int depth = objects.stream().mapToInt(path -> path.steps().size()).max().orElse(0);
    List<JsonPath> candidates = new ArrayList<>(objects);
    candidates.addAll(upTo(depth, found.get(JsonToken.START_ARRAY)));
    return new JsonOutline(
        List.copyOf(candidates),
        upTo(depth, found.get(JsonToken.END_ARRAY)),
        one && objects.isEmpty());
  }

  private static List<JsonPath> upTo(int depth, List<JsonPath> paths) {
    return paths == null
        ? List.of()
        : paths.stream().filter(path -> path.steps().size() <= depth).toList();
  }

  private static void object(
      JsonParser parser, List<String> path, Map<JsonToken, List<JsonPath>> found)
      throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      path.add(parser.currentName());
      JsonToken value = parser.nextToken();
      if (value == JsonToken.START_OBJECT) {
        object(parser, path, found);
      } else if (value == JsonToken.START_ARRAY) {
        array(parser, path, found);
      }
      path.remove(path.size() - 1);
    }
  }

  /** Lists are told apart by their first element. */
  private static void array(
      JsonParser parser, List<String> path, Map<JsonToken, List<JsonPath>> found)
      throws IOException {
    List<JsonPath> alike = found.computeIfAbsent(parser.nextToken(), first -> new ArrayList<>());
    if (alike.size() < ENOUGH) {
      alike.add(new JsonPath(List.copyOf(path)));
    }
    while (parser.currentToken() != JsonToken.END_ARRAY) {
      parser.skipChildren();
      parser.nextToken();
    }
  }
}
