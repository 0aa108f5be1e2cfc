package dev.odyssey.transform;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Parquet, of one or several files united by name: columns keep their own types, nested fields are
 * reached by path.
 *
 * @param reader the engine's table function over the files
 */
record ParquetSource(String reader, List<String> columns) implements Source {

  static ParquetSource open(Engine engine, List<Path> files) throws SQLException {
    String reader =
        "read_parquet(%s, union_by_name = true)"
            .formatted(Sql.list(files.stream().map(Path::toString).toList()));
    return new ParquetSource(
        reader, engine.texts("SELECT column_name FROM (DESCRIBE SELECT * FROM " + reader + ")"));
  }

  @Override
  public Optional<Column> find(String name) {
    Optional<String> match = Names.match(columns, name);
    if (match.isPresent()) {
      return match.map(column -> new Column(column, Sql.identifier(column)));
    }
    List<String> steps = Arrays.asList(name.split("\\.", -1));
    return Names.match(columns, steps.get(0))
        .filter(first -> steps.size() > 1)
        .map(
            first -> {
              steps.set(0, first);
              return new Column(
                  name, steps.stream().map(Sql::identifier).collect(Collectors.joining(".")));
            });
  }

  @Override
  public String select(Collection<Column> used) {
    return used.stream()
        .map(column -> column.sql() + " AS " + Sql.identifier(column.name()))
        .collect(Collectors.joining(", ", "SELECT ", "\nFROM " + reader));
  }

  @Override
  public boolean isText() {
    return false;
  }

  @Override
  public String typesAdvice() {
    return "The file's columns have the types that the Parquet file gives them.";
  }
}
