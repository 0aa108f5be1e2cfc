package dev.odyssey.transform;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * The values that did not fit their column's type, for {@code error_details}: per column how many,
 * the type, and up to ten with their lines in the source file. Immutable.
 */
record BadValueReport(List<BadColumn> columns) {
  private static final int MAX_SHOWN = 200;

  /**
   * @param wanted the type's name
   */
  record BadColumn(String name, String wanted, long count, List<Sample> samples) {}

  /**
   * @param line in the source file; null where unknown, as for the result of an expression
   */
  record Sample(Long line, String text) {}

  /** The first rows of the file, from 0, that have no value in a column of the snapshot. */
  interface EmptyRows {
    List<Long> of(String column) throws SQLException;
  }

  /** Looks into the source file only where a value is bad. */
  static BadValueReport of(
      List<Projection> projections, BadValues values, Source source, EmptyRows empty)
      throws IOException, SQLException {
    List<Projection> bad =
        projections.stream().filter(projection -> values.count(projection.number()) > 0).toList();
    Map<String, List<String>> sought = new LinkedHashMap<>();
    Set<Long> likely = new TreeSet<>();
    for (Projection projection : bad) {
      if (projection.onlyColumn() != null) {
        sought
            .computeIfAbsent(projection.onlyColumn(), column -> new ArrayList<>())
            .addAll(values.samples(projection.number()));
        likely.addAll(empty.of(projection.target()));
      }
    }
    Map<String, List<Sample>> located =
        sought.isEmpty() ? Map.of() : source.locate(sought, List.copyOf(likely));
    return new BadValueReport(
        bad.stream().map(projection -> column(projection, values, located)).toList());
  }

  private static BadColumn column(
      Projection projection, BadValues values, Map<String, List<Sample>> located) {
    String only = projection.onlyColumn(); // null is no key of an immutable map
    List<Sample> candidates = only == null ? List.of() : located.getOrDefault(only, List.of());
    List<Sample> samples = new ArrayList<>();
    for (String text : values.samples(projection.number())) {
      Sample sample = new Sample(null, text);
      for (Sample candidate : candidates) {
        if (candidate.text().equals(text) && !samples.contains(candidate)) {
          sample = candidate;
          break;
        }
      }
      samples.add(sample);
    }
    samples.sort(
        Comparator.comparing(Sample::line, Comparator.nullsLast(Comparator.naturalOrder())));
    return new BadColumn(
        projection.target(),
        projection.type().word(),
        values.count(projection.number()),
        List.copyOf(samples));
  }

  /** {@code [{column, wanted, count, samples: [{line, value}]}]}. */
  ArrayNode toJson() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (BadColumn column : columns) {
      ObjectNode node =
          json.addObject()
              .put("column", column.name())
              .put("wanted", column.wanted())
              .put("count", column.count());
      ArrayNode samples = node.putArray("samples");
      column
          .samples()
          .forEach(s -> samples.addObject().put("line", s.line()).put("value", cut(s.text())));
    }
    return json;
  }

  /** As in {@code "n/a" on line 7, "x"}. */
  static String shown(BadColumn column) {
    return column.samples().stream()
        .limit(3)
        .map(s -> Names.shown(s.text()) + (s.line() == null ? "" : " on line " + s.line()))
        .collect(Collectors.joining(", "));
  }

  private static String cut(String text) {
    return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
  }
}
