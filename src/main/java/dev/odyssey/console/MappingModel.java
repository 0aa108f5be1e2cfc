package dev.odyssey.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;

/** A stream's mapping to look at and to change. Stateless. */
final class MappingModel {
  private static final ObjectMapper JSON = new ObjectMapper();

  private MappingModel() {}

  /** The mappings that a job of this stream would take; empty where it takes all columns. */
  static List<Map<String, Object>> effective(Map<String, Object> stream) {
    for (String name : new String[] {"fieldMappings", "inherited"}) {
      List<Map<String, Object>> mappings = Models.rows(stream, name);
      if (!mappings.isEmpty()) {
        return mappings;
      }
    }
    return Models.rows(stream, "schema").stream()
        .map(column -> Map.of("source", column.get("name"), "target", column.get("name")))
        .toList();
  }

  /** The same, each with the {@code type} that the stream's schema wants for its target. */
  static List<Map<String, Object>> typed(Map<String, Object> stream) {
    var types = new LinkedHashMap<Object, Object>();
    Models.rows(stream, "schema").forEach(c -> types.put(c.get("name"), c.get("type")));
    var typed = new ArrayList<Map<String, Object>>();
    for (Map<String, Object> mapping : effective(stream)) {
      var row = new LinkedHashMap<>(mapping);
      row.put("type", types.get(mapping.get("target")));
      typed.add(row);
    }
    return typed;
  }

  /**
   * @param stream as {@code odyssey.show_stream} gives it
   * @return the same with {@code rows}, the mappings, each {@code missing} where the last run did
   *     not find its source; {@code sourceColumns} that are known; {@code expected}, what a change
   *     replaces; {@code sql}, the statement that makes it
   */
  static Map<String, Object> of(Map<String, Object> stream) {
    var model = new LinkedHashMap<>(stream);
    Map<String, Object> details = Models.object(Models.object(stream, "failure"), "details");
    List<?> missing = details.get("missingColumns") instanceof List<?> list ? list : List.of();
    var columns = new LinkedHashSet<Object>();
    if (details.get("sourceColumns") instanceof List<?> list) {
      columns.addAll(list);
    }
    Models.rows(stream, "inherited").forEach(child -> columns.add(child.get("source")));
    var rows = new ArrayList<Map<String, Object>>();
    for (Map<String, Object> mapping : effective(stream)) {
      var row = new LinkedHashMap<>(mapping);
      row.put("missing", missing.contains(mapping.get("source")));
      rows.add(row);
      if (details.get("sourceColumns") == null && mapping.get("source") != null) {
        columns.add(mapping.get("source"));
      }
    }
    model.put("rows", rows);
    model.put("sourceColumns", columns);
    model.put("expected", json(Models.rows(stream, "fieldMappings")));
    model.put("sql", sql(stream, effective(stream)));
    return model;
  }

  private static String sql(Map<String, Object> stream, List<Map<String, Object>> mappings) {
    String list =
        mappings.isEmpty()
            ? "[{\"source\": \"a\", \"target\": \"b\"}]"
            : mappings.stream()
                .map(MappingModel::json)
                .collect(java.util.stream.Collectors.joining(",\n  ", "[\n  ", "\n]"));
    return stream.get("fieldMappings") == null
        ? "insert into data_mappings (data_stream_id, field_mappings)\nvalues ('%s', %s);"
            .formatted(stream.get("id"), literal(list))
        : "update data_mappings set field_mappings = %s\nwhere data_stream_id = '%s';"
            .formatted(literal(list), stream.get("id"));
  }

  private static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static String json(Object value) {
    try {
      return JSON.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
