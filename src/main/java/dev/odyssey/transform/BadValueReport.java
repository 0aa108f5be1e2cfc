package dev.odyssey.transform;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.odyssey.transform.engine.BadValues;
import dev.odyssey.transform.source.Source;
import dev.odyssey.transform.text.Names;
import dev.odyssey.transform.types.Projection;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The values that did not fit their column's type, for {@code error_details}: per column how many,
 * the type, and up to ten with their lines in the source file. Immutable.
 */
public record BadValueReport(List<BadColumn> columns) {
  private static final int MAX_SHOWN = 200;

  /**
   * @param wanted the type's name
   * @param computed by an expression that can fail: the samples are what it was given
   */
  record BadColumn(
      String name, String wanted, boolean computed, long count, List<Sample> samples) {}

  /**
   * @param file that has the value; null where there is no other
   * @param line in the file; null where unknown
   */
  record Sample(String file, Long line, String text) {}

  /** Among the first rows of the file, from 0, that have no value in columns of the snapshot. */
  interface EmptyRows {
    Set<Long> of(List<String> columns) throws SQLException;
  }

  /** Looks into the source file only where a value is bad and its line not known. */
  static BadValueReport of(
      List<Projection> projections, BadValues values, Source source, EmptyRows empty)
      throws IOException, SQLException {
    List<Projection> bad =
        projections.stream().filter(projection -> values.count(projection.number()) > 0).toList();
    List<Source.Fields> sought = new ArrayList<>();
    List<String> columns = new ArrayList<>();
    for (Projection projection : source.isSearchable() ? bad : List.<Projection>of()) {
      List<Source.Fields> own =
          values.samples(projection.number()).stream()
              .filter(found -> found.line() == null && found.inputs() != null)
              .map(found -> fields(projection, found))
              .filter(fields -> fields.columns().size() == fields.texts().size())
              .toList();
      if (!own.isEmpty()) {
        sought.addAll(own);
        columns.add(projection.target());
      }
    }
    Map<Source.Fields, List<Long>> lines =
        sought.isEmpty() ? Map.of() : source.locate(sought, List.copyOf(empty.of(columns)));
    return new BadValueReport(
        bad.stream().map(projection -> column(projection, values, lines)).toList());
  }

  private static BadColumn column(
      Projection projection, BadValues values, Map<Source.Fields, List<Long>> lines) {
    Map<Source.Fields, Iterator<Long>> next = new HashMap<>();
    List<Sample> samples = new ArrayList<>();
    for (BadValues.Found found : values.samples(projection.number())) {
      Long line = found.line();
      if (line == null && found.inputs() != null) {
        Iterator<Long> left =
            next.computeIfAbsent(
                fields(projection, found),
                fields -> lines.getOrDefault(fields, List.of()).iterator());
        line = left.hasNext() ? left.next() : null;
      }
      samples.add(new Sample(found.file(), line, found.text()));
    }
    samples.sort(
        Comparator.comparing(Sample::file, Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(Sample::line, Comparator.nullsLast(Comparator.naturalOrder())));
    return new BadColumn(
        projection.target(),
        projection.type().word(),
        projection.failed() != null,
        values.count(projection.number()),
        List.copyOf(samples));
  }

  private static Source.Fields fields(Projection projection, BadValues.Found found) {
    return new Source.Fields(found.file(), projection.sources(), found.inputs());
  }

  /** {@code [{column, wanted, count, samples: [{file, line, value}]}]}, file of several only. */
  ArrayNode toJson() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    for (BadColumn column : columns) {
      ObjectNode node =
          json.addObject()
              .put("column", column.name())
              .put("wanted", column.wanted())
              .put("count", column.count());
      ArrayNode samples = node.putArray("samples");
      for (Sample sample : column.samples()) {
        ObjectNode shown = samples.addObject();
        if (sample.file() != null) {
          shown.put("file", sample.file());
        }
        shown.put("line", sample.line()).put("value", cut(sample.text()));
      }
    }
    return json;
  }

  /** As in {@code "n/a" on line 7, "x"}. */
  static String shown(BadColumn column) {
    return column.samples().stream()
        .limit(3)
        .map(
            s ->
                Names.shown(s.text())
                    + (s.line() == null ? "" : " on line " + s.line())
                    + (s.file() == null ? "" : " of " + Names.shown(s.file())))
        .collect(Collectors.joining(", "));
  }

  private static String cut(String text) {
    return text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text;
  }
}
