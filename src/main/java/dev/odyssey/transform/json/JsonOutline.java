package dev.odyssey.transform.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.odyssey.transform.rows.RowsWriter;
import dev.odyssey.transform.text.Names;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Where a JSON document may hold its rows: its lists of objects, outermost ones alone, and the
 * lists that may be the rows instead of these. Immutable.
 *
 * @param candidates lists of objects, and of lists no deeper than these, of which the objects may
 *     be the columns; none where the document itself is a list, or several values one after
 *     another, or holds no list of objects; of each kind at most a few
 * @param empty lists without elements, no deeper than the candidates
 * @param isRow true where the document is one object without a list of objects
 * @param keys of the document, where it is one object
 * @param rowKeys of the objects in the first list of objects
 */
record JsonOutline(
    List<JsonPath> candidates,
    List<JsonPath> empty,
    boolean isRow,
    Collection<String> keys,
    Collection<String> rowKeys) {
  private static final int ENOUGH = 20;

  /** What is found on the way, lists by their first element's kind. */
  private record Found(
      Map<JsonToken, List<JsonPath>> lists, Set<String> keys, Set<String> rowKeys) {}

  /** Reads the whole document, and holds nothing of it but the path it is at. */
  static JsonOutline of(JsonParser parser) throws IOException {
    var found = new Found(new EnumMap<>(JsonToken.class), new HashSet<>(), new HashSet<>());
    boolean one = false;
    if (parser.nextToken() == JsonToken.START_OBJECT) {
      object(parser, new ArrayList<>(), found);
      one = parser.nextToken() == null;
    }
    List<JsonPath> objects =
        one ? found.lists().getOrDefault(JsonToken.START_OBJECT, List.of()) : List.of();
    int depth = objects.stream().mapToInt(path -> path.steps().size()).max().orElse(0);
    List<JsonPath> candidates = new ArrayList<>(objects);
    candidates.addAll(upTo(depth, found.lists().get(JsonToken.START_ARRAY)));
    return new JsonOutline(
        List.copyOf(candidates),
        upTo(depth, found.lists().get(JsonToken.END_ARRAY)),
        one && objects.isEmpty(),
        one ? Set.copyOf(found.keys()) : Set.of(),
        Set.copyOf(found.rowKeys()));
  }

  /**
   * Whether the document itself has the columns that mappings ask for, not all of them lists, and
   * the rows in its list have not: one row, with a list in it.
   */
  boolean isRowWith(Collection<String> wanted) {
    List<String> lists = candidates.stream().map(path -> path.steps().get(0)).toList();
    return !lists.isEmpty() && have(keys, wanted) && !have(rowKeys, wanted) && !have(lists, wanted);
  }

  /** Whether the document itself has these columns, and the rows in its list have them as well. */
  boolean mayBeRowWith(Collection<String> wanted) {
    return !wanted.isEmpty()
        && !candidates.isEmpty()
        && have(keys, wanted)
        && have(rowKeys, wanted);
  }

  /** By the name, or by the first step of a path. */
  private static boolean have(Collection<String> keys, Collection<String> wanted) {
    Set<String> known = Names.keys(keys);
    return wanted.stream()
        .allMatch(name -> Names.isAnyOf(List.of(name, name.split("[.\\[]", 2)[0]), known));
  }

  private static List<JsonPath> upTo(int depth, List<JsonPath> paths) {
    return paths == null
        ? List.of()
        : paths.stream().filter(path -> path.steps().size() <= depth).toList();
  }

  private static void object(JsonParser parser, List<String> path, Found found) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      if (path.isEmpty() && found.keys().size() < RowsWriter.MAX_COLUMNS) {
        found.keys().add(parser.currentName());
      }
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
  private static void array(JsonParser parser, List<String> path, Found found) throws IOException {
    JsonToken first = parser.nextToken();
    List<JsonPath> alike = found.lists().computeIfAbsent(first, kind -> new ArrayList<>());
    if (alike.size() < ENOUGH) {
      alike.add(new JsonPath(List.copyOf(path)));
    }
    boolean rows = first == JsonToken.START_OBJECT && alike.size() == 1;
    while (parser.currentToken() != JsonToken.END_ARRAY) {
      if (rows && parser.currentToken() == JsonToken.START_OBJECT) {
        row(parser, found.rowKeys());
      } else {
        parser.skipChildren();
      }
      parser.nextToken();
    }
  }

  private static void row(JsonParser parser, Set<String> keys) throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      if (keys.size() < RowsWriter.MAX_COLUMNS) {
        keys.add(parser.currentName());
      }
      parser.nextToken();
      parser.skipChildren();
    }
  }
}
