package dev.odyssey.console;

import dev.odyssey.transform.ParquetPreview.Column;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A snapshot's columns: where each comes from, and how many values are missing or bad. Stateless.
 */
final class ColumnsModel {
  private ColumnsModel() {}

  /**
   * @param stream as {@code odyssey.show_stream} gives it; empty where it says nothing of them
   * @return of each column {@code name, type, nulls}, and where they are known {@code source,
   *     transform, wanted, bad, samples}
   */
  static List<Map<String, Object>> of(List<Column> columns, Map<String, Object> stream) {
    var mappings = byName(MappingModel.effective(stream), "target");
    var wanted = byName(Models.rows(stream, "schema"), "name");
    var bad =
        byName(
            Models.rows(Models.object(Models.object(stream, "latest"), "details"), "badValues"),
            "column");
    return columns.stream()
        .map(
            column -> {
              String name = column.name();
              var shown = new LinkedHashMap<String, Object>();
              shown.put("name", name);
              shown.put("type", column.type());
              shown.put("nulls", column.nulls());
              shown.put("source", mappings.getOrDefault(name, Map.of()).get("source"));
              shown.put("transform", mappings.getOrDefault(name, Map.of()).get("transform"));
              shown.put("wanted", wanted.getOrDefault(name, Map.of()).get("type"));
              shown.put("bad", bad.getOrDefault(name, Map.of("count", 0)).get("count"));
              shown.put("samples", bad.getOrDefault(name, Map.of()).get("samples"));
              return (Map<String, Object>) shown;
            })
        .toList();
  }

  private static Map<String, Map<String, Object>> byName(
      List<Map<String, Object>> rows, String field) {
    var byName = new LinkedHashMap<String, Map<String, Object>>();
    rows.forEach(row -> byName.put(String.valueOf(row.get(field)), row));
    return byName;
  }
}
