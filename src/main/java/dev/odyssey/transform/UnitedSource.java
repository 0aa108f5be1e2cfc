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
import java.util.stream.IntStream;

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
    Optional<Column> line = line();
    return parts.stream()
        .map(part -> select(part, used, line))
        .collect(Collectors.joining("\nUNION ALL BY NAME\n"));
  }

  /** A file that has none of the columns still has its rows. */
  private static String select(Source part, Collection<Column> used, Optional<Column> line) {
    Map<String, Column> has = new LinkedHashMap<>();
    List<String> shown = new ArrayList<>();
    for (Column column : used) {
      Optional<Column> found =
          line.filter(column::equals).isPresent() ? part.line() : ownColumn(part, column);
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

  private static Optional<Column> ownColumn(Source part, Column column) {
    return column.name().startsWith(FAULT)
        ? part.find(column.name().substring(FAULT.length())).flatMap(part::fault)
        : part.find(column.name());
  }

  @Override
  public void requireSound(Engine engine) throws SQLException, IOException, CsvSource.Unsound {
    for (Source part : parts) {
      part.requireSound(engine);
    }
  }

  /** Of the file that has the row. */
  @Override
  public Optional<Column> line() {
    return parts.stream().anyMatch(part -> part.line().isPresent())
        ? Optional.of(Source.line(columns(), null))
        : Optional.empty();
  }

  @Override
  public boolean isSearchable() {
    return parts.stream().anyMatch(Source::isSearchable);
  }

  /** Lines are those of the part that has the row; whose row is whose is not known. */
  @Override
  public Map<Fields, List<Long>> locate(List<Fields> sought, List<Long> rows) throws IOException {
    Map<Fields, List<Long>> lines = new LinkedHashMap<>();
    for (Source part : parts.stream().filter(Source::isSearchable).toList()) {
      List<Fields> here = sought.stream().filter(fields -> mayHave(part, fields)).toList();
      Map<Fields, List<Long>> found =
          part.locate(here.stream().map(fields -> ownFields(part, fields)).toList(), List.of());
      for (Fields fields : Set.copyOf(here)) {
        lines
            .computeIfAbsent(fields, f -> new ArrayList<>())
            .addAll(found.get(ownFields(part, fields)));
      }
    }
    return lines;
  }

  /** A column that the part lacks is NULL in its rows. */
  private static boolean mayHave(Source part, Fields fields) {
    return IntStream.range(0, fields.columns().size())
        .allMatch(
            i -> fields.texts().get(i) == null || part.find(fields.columns().get(i)).isPresent());
  }

  private static Fields ownFields(Source part, Fields fields) {
    List<String> columns = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    for (int i = 0; i < fields.columns().size(); i++) {
      Optional<Column> own = part.find(fields.columns().get(i));
      if (own.isPresent()) {
        columns.add(own.get().name());
        texts.add(fields.texts().get(i));
      }
    }
    return new Fields(columns, texts);
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
