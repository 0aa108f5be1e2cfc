package dev.odyssey.transform;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Several files of one table, in order: their columns are united by name, and a file that lacks one
 * gives NULL. Immutable.
 */
record UnitedSource(List<Source> parts) implements Source {

  /** Names that differ in case or blanks alone are one column, called as the first file does. */
  @Override
  public List<String> columns() {
    Set<String> columns = new LinkedHashSet<>();
    for (Source part : parts) {
      for (String column : part.columns()) {
        if (Names.match(columns, column).isEmpty()) {
          columns.add(column);
        }
      }
    }
    return List.copyOf(columns);
  }

  @Override
  public Optional<Column> find(String name) {
    return parts.stream()
        .flatMap(part -> part.find(name).stream())
        .findFirst()
        .map(found -> new Column(found.name(), Sql.identifier(found.name())));
  }

  /** What went wrong in the part that has the row; the parts call it by names of their own. */
  @Override
  public Optional<Column> fault(Column column) {
    boolean any =
        parts.stream().anyMatch(part -> part.find(column.name()).flatMap(part::fault).isPresent());
    String name = FAULT + column.name();
    return any ? Optional.of(new Column(name, Sql.identifier(name))) : Optional.empty();
  }

  @Override
  public String select(Collection<Column> used) {
    return parts.stream()
        .map(part -> select(part, used))
        .collect(Collectors.joining("\nUNION ALL BY NAME\n"));
  }

  /** A file that has none of the columns still has its rows. */
  private static String select(Source part, Collection<Column> used) {
    Map<String, Column> has = new LinkedHashMap<>();
    List<String> shown = new ArrayList<>();
    for (Column column : used) {
      Optional<Column> found =
          column.name().startsWith(FAULT)
              ? part.find(column.name().substring(FAULT.length())).flatMap(part::fault)
              : part.find(column.name());
      found.ifPresent(own -> has.put(own.name(), own));
      shown.add(
          found.map(own -> Sql.identifier(own.name())).orElse("NULL")
              + " AS "
              + Sql.identifier(column.name()));
    }
    if (has.isEmpty()) {
      part.find(part.columns().get(0)).ifPresent(any -> has.put(any.name(), any));
    }
    return "SELECT " + String.join(", ", shown) + " FROM (" + part.select(has.values()) + ")";
  }

  @Override
  public void requireSound(Engine engine) throws SQLException, IOException, CsvSource.Unsound {
    for (Source part : parts) {
      part.requireSound(engine);
    }
  }

  /** Lines are those of the part that has the value; whose row is whose is not known. */
  @Override
  public Map<String, List<BadValueReport.Sample>> locate(
      Map<String, List<String>> texts, List<Long> rows) throws IOException {
    Map<String, List<BadValueReport.Sample>> located = new LinkedHashMap<>();
    for (Source part : parts) {
      Map<String, String> names = new LinkedHashMap<>();
      Map<String, List<String>> own = new LinkedHashMap<>();
      texts.forEach(
          (column, values) ->
              part.find(column)
                  .ifPresent(
                      found -> {
                        names.put(found.name(), column);
                        own.put(found.name(), values);
                      }));
      part.locate(own, List.of())
          .forEach(
              (name, samples) ->
                  located
                      .computeIfAbsent(names.get(name), column -> new ArrayList<>())
                      .addAll(samples));
    }
    return located;
  }

  @Override
  public List<String> doubts() {
    return parts.stream().flatMap(part -> part.doubts().stream()).distinct().toList();
  }

  @Override
  public boolean isText() {
    return parts.stream().allMatch(Source::isText);
  }

  @Override
  public String typesAdvice() {
    return parts.get(0).typesAdvice();
  }
}
