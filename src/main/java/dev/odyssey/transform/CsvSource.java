package dev.odyssey.transform;

import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * CSV and its kin. Every column is read as text, so that one bad value is one bad value; rows of a
 * broken structure go to the engine's table of rejects. An unquoted empty field is NULL, a quoted
 * one is an empty text.
 */
record CsvSource(Path file, CsvDialect dialect, List<String> nullTexts) implements Source {

  @Override
  public List<String> columns() {
    return dialect.columns();
  }

  @Override
  public Optional<Column> find(String name) {
    return Names.match(columns(), name).map(match -> new Column(match, Sql.identifier(match)));
  }

  @Override
  public String select(Collection<Column> used) {
    String columns = used.stream().map(Column::sql).collect(Collectors.joining(", "));
    return "SELECT " + columns + "\nFROM read_csv(" + options() + ")";
  }

  private String options() {
    Map<String, String> options = new LinkedHashMap<>();
    options.put("auto_detect", "false");
    options.put("columns", Sql.struct(types()));
    options.put("delim", Sql.literal(dialect.delimiter()));
    options.put("quote", Sql.literal(dialect.quote()));
    options.put("escape", Sql.literal(dialect.escape()));
    options.put("header", String.valueOf(dialect.header()));
    options.put("nullstr", nullTexts.isEmpty() ? "''" : Sql.list(nullTexts));
    options.put("allow_quoted_nulls", "false");
    options.put("store_rejects", "true");
    if (dialect.skip() > 0) {
      options.put("skip", String.valueOf(dialect.skip()));
    }
    if (!dialect.comment().isEmpty()) {
      options.put("comment", Sql.literal(dialect.comment()));
    }
    if (!dialect.newLine().isEmpty()) {
      options.put("new_line", Sql.literal(dialect.newLine()));
    }
    return options.entrySet().stream()
        .map(option -> option.getKey() + " = " + option.getValue())
        .collect(Collectors.joining(",\n  ", Sql.literal(file.toString()) + ",\n  ", ""));
  }

  private Map<String, String> types() {
    Map<String, String> types = new LinkedHashMap<>();
    columns().forEach(column -> types.put(column, "VARCHAR"));
    return types;
  }
}
