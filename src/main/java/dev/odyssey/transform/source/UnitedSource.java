package dev.odyssey.transform.source;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.Sql;
import dev.odyssey.transform.text.Names;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Several files of one table, in order: their columns are united by name, and a file that lacks one
 * gives NULL. Immutable.
 *
 * @param losses {@link UnionLoss}
 */
record UnitedSource(
    String stream, List<Part> parts, List<String> columns, Map<String, String> losses)
    implements Source {
  /**
   * @param name of the file; null where it is several, of which each row names its own or none does
   */
  record Part(String name, Source source) {}

  private Stream<Source> sources() {
    return parts.stream().map(Part::source);
  }

  /** Names that differ in case or blanks alone are one column, called as the first file does. */
  static UnitedSource of(String stream, List<Part> parts) {
    Set<String> columns = new LinkedHashSet<>();
    for (Part part : parts) {
      for (String column : part.source().columns()) {
        if (Names.match(columns, column).isEmpty()) {
          columns.add(column);
        }
      }
    }
    return new UnitedSource(stream, List.copyOf(parts), List.copyOf(columns), Map.of());
  }

  /** The same, with the columns known whose values the common type would change. */
  UnitedSource measured(Engine engine) throws SQLException {
    if (sources().allMatch(Source::isText)) {
      return this;
    }
    List<UnionLoss.Part> queries =
        parts.stream()
            .map(part -> new UnionLoss.Part(part.name(), part.source().select(all(part.source()))))
            .toList();
    Map<String, String> types = engine.describe(select(all(this)));
    return new UnitedSource(stream, parts, columns, UnionLoss.of(engine, queries, types));
  }

  private static List<Column> all(Source source) {
    return source.columns().stream().flatMap(name -> readable(source, name).stream()).toList();
  }

  /** What cannot be read is refused where somebody asks for it. */
  private static Optional<Column> readable(Source source, String name) {
    try {
      return source.find(name);
    } catch (PermanentFailure unreadable) {
      return Optional.empty();
    }
  }

  @Override
  public Optional<Column> find(String name) {
    Optional<Column> found =
        sources()
            .flatMap(part -> part.find(name).stream())
            .findFirst()
            .map(own -> new Column(own.name(), Sql.identifier(own.name())));
    if (found.isPresent() && losses.containsKey(found.get().name())) {
      throw UnionLoss.refusal(stream, name, losses.get(found.get().name()));
    }
    return found;
  }

  /** What went wrong in the part that has the row; the parts call it by names of their own. */
  @Override
  public Optional<Column> fault(Column column) {
    boolean any =
        sources().anyMatch(part -> part.find(column.name()).flatMap(part::fault).isPresent());
    String name = FAULT + column.name();
    return any ? Optional.of(new Column(name, Sql.identifier(name))) : Optional.empty();
  }

  @Override
  public String select(Collection<Column> used) {
    Optional<Column> line = line();
    Column file = fileColumn();
    return parts.stream()
        .map(part -> select(part, used, line, file))
        .collect(Collectors.joining("\nUNION ALL BY NAME\n"));
  }

  /** A file that has none of the columns still has its rows. */
  private static String select(
      Part part, Collection<Column> used, Optional<Column> line, Column file) {
    Source source = part.source();
    Map<String, Column> has = new LinkedHashMap<>();
    List<String> shown = new ArrayList<>();
    for (Column column : used) {
      Optional<Column> found =
          line.filter(column::equals).isPresent()
              ? source.line()
              : column.equals(file) ? source.fileName() : ownColumn(source, column);
      found.ifPresent(own -> has.put(own.name(), own));
      String none = column.equals(file) && part.name() != null ? Sql.literal(part.name()) : "NULL";
      shown.add(
          found.map(own -> Sql.identifier(own.name())).orElse(none)
              + " AS "
              + Sql.identifier(column.name()));
    }
    if (has.isEmpty()) {
      source.find(source.columns().get(0)).ifPresent(any -> has.put(any.name(), any));
    }
    return "SELECT " + String.join(", ", shown) + " FROM (" + source.select(has.values()) + ")";
  }

  private static Optional<Column> ownColumn(Source part, Column column) {
    return column.name().startsWith(FAULT)
        ? part.find(column.name().substring(FAULT.length())).flatMap(part::fault)
        : part.find(column.name());
  }

  @Override
  public void requireSound(Engine engine) throws SQLException, IOException, CsvSource.Unsound {
    for (Part part : parts) {
      part.source().requireSound(engine);
    }
  }

  /** Of the file that has the row. */
  @Override
  public Optional<Column> line() {
    return sources().anyMatch(part -> part.line().isPresent())
        ? Optional.of(Source.beside(columns, LINE))
        : Optional.empty();
  }

  @Override
  public Optional<Column> fileName() {
    return Optional.of(fileColumn());
  }

  private Column fileColumn() {
    return Source.beside(columns, FILE);
  }

  @Override
  public boolean isSearchable() {
    return sources().anyMatch(Source::isSearchable);
  }

  /** In the part that has the row; which of its rows that is is not known. */
  @Override
  public Map<Fields, List<Long>> locate(List<Fields> sought, List<Long> rows) throws IOException {
    Map<Fields, List<Long>> lines = new LinkedHashMap<>();
    for (Part part : parts) {
      List<Fields> here =
          sought.stream().filter(fields -> Objects.equals(fields.file(), part.name())).toList();
      if (here.isEmpty() || !part.source().isSearchable()) {
        continue;
      }
      List<Fields> own = here.stream().map(fields -> ownFields(part.source(), fields)).toList();
      Map<Fields, List<Long>> found = part.source().locate(own, List.of());
      for (int i = 0; i < own.size(); i++) {
        lines.putIfAbsent(here.get(i), found.get(own.get(i)));
      }
    }
    return lines;
  }

  /** A column that the part lacks is NULL in its rows. */
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
    return new Fields(null, columns, texts);
  }

  @Override
  public List<String> doubts() {
    return sources().flatMap(part -> part.doubts().stream()).distinct().toList();
  }

  @Override
  public boolean isText() {
    return sources().allMatch(Source::isText);
  }

  @Override
  public String typesAdvice() {
    return parts.get(0).source().typesAdvice();
  }
}
