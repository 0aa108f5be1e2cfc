package dev.odyssey.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.definition.Mapping;
import dev.odyssey.transform.definition.StreamDefinition;
import dev.odyssey.transform.definition.SystemColumns;
import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.Sql;
import dev.odyssey.transform.expression.Expression;
import dev.odyssey.transform.expression.ExpressionParser;
import dev.odyssey.transform.source.Source;
import dev.odyssey.transform.text.Names;
import dev.odyssey.transform.types.Projection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Binds a stream's mappings to the columns of a file. */
final class Projections {
  private static final String ADVICE =
      "Correct the mapping or the file's columns, then redrive the job.";

  private final StreamDefinition stream;
  private final Source source;
  private final ExpressionParser expressions;
  private final List<Projection> bound = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  private Projections(StreamDefinition stream, Source source, Engine engine) {
    this.stream = stream;
    this.source = source;
    this.expressions = new ExpressionParser(engine, source, stream.name());
  }

  /**
   * In the snapshot's order; a column that the file lacks is a {@link PermanentFailure}.
   *
   * @param beside further columns and their types, of which the file has no value
   */
  static List<Projection> bind(
      StreamDefinition stream, Source source, Map<String, String> beside, Engine engine)
      throws SQLException {
    return new Projections(stream, source, engine).bind(beside);
  }

  private List<Projection> bind(Map<String, String> beside) throws SQLException {
    boolean isAnswered = source.hasAnyColumn() && !stream.mappings().isEmpty();
    if (source.columns().isEmpty() && !isAnswered) {
      throw new PermanentFailure(
          "Stream %s: the source file has no row with a value, and so no columns."
              .formatted(Names.shown(stream.name())),
          "Upload a file with rows, or name where they are by the source option rowsPath (JSON) or"
              + " sheet (Excel), then redrive the job.");
    }
    for (Mapping mapping : stream.mappings().isEmpty() ? asTheyAre() : stream.mappings()) {
      if (mapping.transform() == null) {
        bindColumn(mapping);
      } else {
        bindExpression(mapping);
      }
    }
    if (!missing.isEmpty()) {
      throw missing();
    }
    beside.forEach(
        (name, type) -> add(new Mapping(name, name, null, null), List.of(), "NULL::" + type, null));
    return List.copyOf(bound);
  }

  /** Its details are for programs that help to mend it. */
  private PermanentFailure missing() {
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    missing.forEach(details.putArray("missingColumns")::add);
    source.columns().forEach(details.putArray("sourceColumns")::add);
    List<String> advice = new ArrayList<>(source.doubts());
    advice.add(ADVICE);
    return fault(Names.missing(missing, source.columns()), String.join(" ", advice), details);
  }

  private List<Mapping> asTheyAre() {
    List<Mapping> mappings = new ArrayList<>();
    for (String name : Names.distinct(source.columns())) {
      SystemColumns.refuse(name, this::fault);
      mappings.add(new Mapping(source.columns().get(mappings.size()), name, null, null));
    }
    return mappings;
  }

  private void bindColumn(Mapping mapping) {
    Optional<Source.Column> column = source.find(mapping.source());
    if (column.isEmpty()) {
      missing.add(mapping.source());
      return;
    }
    String sql = Sql.identifier(column.get().name());
    Optional<Source.Column> fault = source.fault(column.get());
    if (fault.isEmpty()) {
      add(mapping, List.of(column.get()), sql, null);
    } else {
      String failed = Sql.identifier(fault.get().name()) + " IS NOT NULL";
      add(mapping, List.of(column.get(), fault.get()), sql, failed);
    }
  }

  /** A row on which the expression fails is one bad value: TRY makes it NULL. */
  private void bindExpression(Mapping mapping) throws SQLException {
    Expression expression = expressions.parse(mapping);
    String value = ExpressionParser.tried(expression.sql());
    StringBuilder failed = new StringBuilder("TRY((" + expression.sql() + ") IS NULL) IS NULL");
    List<Source.Column> used = new ArrayList<>(expression.used());
    for (Source.Column column : expression.used()) {
      Optional<Source.Column> fault = source.fault(column);
      fault.ifPresent(used::add);
      fault.ifPresent(
          f -> failed.append(" OR ").append(Sql.identifier(f.name())).append(" IS NOT NULL"));
    }
    add(mapping, used, value, failed.toString());
  }

  private void add(Mapping mapping, List<Source.Column> used, String sql, String failed) {
    bound.add(
        new Projection(bound.size() + 1, mapping.target(), used, sql, failed, mapping.type()));
  }

  /** SQL of the view {@code source}: the columns that are used, each once. */
  static String sourceSelect(List<Projection> projections, Source source) {
    Map<String, Source.Column> used = new LinkedHashMap<>();
    projections.forEach(p -> p.used().forEach(column -> used.put(column.name(), column)));
    source.line().ifPresent(line -> used.put(line.name(), line));
    source.fileName().ifPresent(file -> used.put(file.name(), file));
    if (projections.stream().allMatch(projection -> projection.used().isEmpty())) {
      source.find(source.columns().get(0)).ifPresent(column -> used.put(column.name(), column));
    }
    return source.select(used.values());
  }

  /**
   * SQL of the view {@code mapped}: every target with the type that its source has, and what tells
   * where in the file a row is from.
   *
   * @param jsonTexts the targets of which the text in a JSON value is wanted
   */
  static String mappedSelect(List<Projection> projections, Source source, Set<String> jsonTexts) {
    Set<String> columns = new LinkedHashSet<>();
    projections.forEach(projection -> columns.add(mappedColumns(projection, jsonTexts)));
    source.line().ifPresent(line -> columns.add(renamed(line, Source.LINE)));
    source.fileName().ifPresent(file -> columns.add(renamed(file, Source.FILE)));
    if (source.isSearchable()) {
      projections.stream()
          .filter(Projection::isDerived)
          .flatMap(projection -> projection.sources().stream())
          .map(
              name ->
                  "%s::VARCHAR AS %s"
                      .formatted(
                          Sql.identifier(name), Sql.identifier(Projection.inputColumn(name))))
          .forEach(columns::add);
    }
    return columns.stream().collect(Collectors.joining(",\n  ", "SELECT\n  ", "\nFROM source"));
  }

  private static String renamed(Source.Column column, String name) {
    return Sql.identifier(column.name()) + " AS " + Sql.identifier(name);
  }

  private static String mappedColumns(Projection projection, Set<String> jsonTexts) {
    String made =
        jsonTexts.contains(projection.target())
            ? "json_extract_string(" + projection.sql() + ", '$')"
            : projection.sql();
    String value = made + " AS " + Sql.identifier(projection.target());
    if (projection.failed() == null) {
      return value;
    }
    String input =
        projection.used().stream()
            .map(column -> Sql.identifier(column.name()) + "::VARCHAR")
            .collect(Collectors.joining(", ", "concat_ws(', ', ", ")"));
    return "%s,%n  CASE WHEN %s THEN %s END AS %s"
        .formatted(
            value,
            projection.failed(),
            projection.used().isEmpty() ? "''" : input,
            Sql.identifier(projection.failedColumn()));
  }

  private PermanentFailure fault(String what) {
    return fault(what, ADVICE, null);
  }

  private PermanentFailure fault(String what, String advice, JsonNode details) {
    return new PermanentFailure(
        "Stream %s: %s.".formatted(Names.shown(stream.name()), what), advice, details, null);
  }
}
