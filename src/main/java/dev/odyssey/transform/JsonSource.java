package dev.odyssey.transform;

import dev.odyssey.transform.SourceFile.Format;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A JSON array, NDJSON or a row of JSON values. Each row is parsed once and the wanted fields are
 * taken out as text, objects and arrays as JSON; the columns are the keys of the whole file.
 */
record JsonSource(Path file, Format format, List<String> columns) implements Source {

  /** Reads the file once for its keys: those of the first row in their order, then the others. */
  static JsonSource open(Engine engine, SourceFile file) throws SQLException {
    JsonSource bare = new JsonSource(file.path(), file.format(), List.of());
    String keys = "SELECT unnest(json_keys(row)) AS key FROM (%s)".formatted(bare.rows());
    List<String> columns =
        new ArrayList<>(
            engine.texts(keys.replace("FROM (", "FROM (SELECT * FROM (") + " LIMIT 1)"));
    List<String> all = engine.texts("SELECT DISTINCT key FROM (" + keys + ") ORDER BY key");
    all.stream().filter(key -> !columns.contains(key)).forEach(columns::add);
    return new JsonSource(file.path(), file.format(), List.copyOf(columns));
  }

  /** A key of the rows as it is, else a path; array elements by index, from 0. */
  @Override
  public Optional<Column> find(String name) {
    Optional<String> key = Names.match(columns, name);
    if (key.isPresent()) {
      return key.map(match -> new Column(match, pointer(List.of(match))));
    }
    List<String> steps = List.of(name.replaceAll("\\[(\\d+)\\]", ".$1").split("\\.", -1));
    return Names.match(columns, steps.get(0))
        .filter(first -> steps.size() > 1)
        .map(
            first -> {
              List<String> path = new ArrayList<>(steps);
              path.set(0, first);
              return new Column(name, pointer(path));
            });
  }

  @Override
  public String select(Collection<Column> used) {
    List<String> selected = new ArrayList<>();
    for (Column column : used) {
      selected.add("fields[" + (selected.size() + 1) + "] AS " + Sql.identifier(column.name()));
    }
    return "SELECT %s%nFROM (SELECT json_extract_string(row, [%s]) AS fields%n  FROM (%s))"
        .formatted(
            String.join(", ", selected),
            used.stream().map(Column::sql).collect(Collectors.joining(", ")),
            rows());
  }

  private String rows() {
    String layout =
        switch (format) {
          case JSON_ARRAY -> "array";
          case NDJSON -> "newline_delimited";
          default -> "unstructured";
        };
    return "SELECT json AS row FROM read_json(%s, format = '%s', records = false, columns = {'json': 'JSON'})"
        .formatted(Sql.literal(file.toString()), layout);
  }

  /** RFC 6901. */
  private static String pointer(List<String> steps) {
    return Sql.literal(
        steps.stream()
            .map(step -> "/" + step.replace("~", "~0").replace("/", "~1"))
            .collect(Collectors.joining()));
  }
}
