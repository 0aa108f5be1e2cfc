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
 * @param alike objects of which one holds candidates, and others have the same keys: they may be
 *     the rows, under keys of their own
 */
record JsonOutline(
    List<JsonPath> candidates,
    List<JsonPath> empty,
    boolean isRow,
    Collection<String> keys,
    Collection<String> rowKeys,
    List<JsonPath> alike) {
  private static final int ENOUGH = 20;

  /** Of an object, to see whether others are like it. */
  private static final int MOST_KEYS = 200;

  /** The rows of an object with facts about them and a list of them, as the World Bank answers. */
  private static final JsonPath SECOND = new JsonPath(List.of("1"));

  /** What is found on the way, lists by their first element's kind. */
  private record Found(
      Map<JsonToken, List<JsonPath>> lists,
      Set<String> keys,
      Set<String> rowKeys,
      List<JsonPath> alike) {

    int objects() {
      return lists.getOrDefault(JsonToken.START_OBJECT, List.of()).size();
    }
  }

  /** Reads the whole document, and holds nothing of it but the path it is at. */
  static JsonOutline of(JsonParser parser) throws IOException {
    var found =
        new Found(
            new EnumMap<>(JsonToken.class), new HashSet<>(), new HashSet<>(), new ArrayList<>());
    boolean one = false;
    if (parser.nextToken() == JsonToken.START_OBJECT) {
      object(parser, new ArrayList<>(), found);
      one = parser.nextToken() == null;
    } else if (parser.currentToken() == JsonToken.START_ARRAY && isFactsAndRows(parser)) {
      return new JsonOutline(List.of(SECOND), List.of(), false, Set.of(), Set.of(), List.of());
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
        Set.copyOf(found.rowKeys()),
        one ? List.copyOf(found.alike()) : List.of());
  }

  /** A list of nothing but an object and a list of objects. */
  private static boolean isFactsAndRows(JsonParser parser) throws IOException {
    if (parser.nextToken() != JsonToken.START_OBJECT) {
      return false;
    }
    parser.skipChildren();
    if (parser.nextToken() != JsonToken.START_ARRAY
        || parser.nextToken() != JsonToken.START_OBJECT) {
      return false;
    }
    for (JsonToken t = parser.currentToken(); t != JsonToken.END_ARRAY; t = parser.nextToken()) {
      parser.skipChildren();
    }
    return parser.nextToken() == JsonToken.END_ARRAY && parser.nextToken() == null;
  }

  boolean isSecondOfList() {
    return candidates.equals(List.of(SECOND)) && keys.isEmpty();
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

  /** Gives its keys. */
  private static Set<String> object(JsonParser parser, List<String> path, Found found)
      throws IOException {
    Set<String> keys = new HashSet<>();
    List<Set<String>> with = new ArrayList<>();
    List<Set<String>> without = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      if (keys.size() < MOST_KEYS) {
        keys.add(parser.currentName());
      }
      if (path.isEmpty() && found.keys().size() < RowsWriter.MAX_COLUMNS) {
        found.keys().add(parser.currentName());
      }
      path.add(parser.currentName());
      JsonToken value = parser.nextToken();
      if (value == JsonToken.START_OBJECT) {
        int before = found.objects();
        Set<String> inner = object(parser, path, found);
        List<Set<String>> others = found.objects() > before ? with : without;
        if (others.size() < ENOUGH) {
          others.add(inner);
        }
      } else if (value == JsonToken.START_ARRAY) {
        array(parser, path, found);
      }
      path.remove(path.size() - 1);
    }
    if (with.stream().anyMatch(one -> without.stream().anyMatch(other -> isLike(one, other)))) {
      found.alike().add(new JsonPath(List.copyOf(path)));
    }
    return keys;
  }

  private static boolean isLike(Set<String> one, Set<String> other) {
    return other.stream().filter(one::contains).count() * 2 > other.size();
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
