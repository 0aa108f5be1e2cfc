package dev.odyssey.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run's details say, in an order for people: bad values by column, then plain facts, then
 * whatever else there is as JSON. Takes details of any shape. Stateless.
 */
final class DetailsModel {
  private DetailsModel() {}

  /**
   * @param holder an object with a field {@code details}, or without
   * @return {@code badValues}: [{column, count, samples}]; {@code facts}: name to number or text;
   *     {@code others}: name to anything
   */
  static Map<String, Object> of(Map<String, Object> holder) {
    Map<String, Object> details = Models.object(holder, "details");
    var facts = new LinkedHashMap<String, Object>();
    var others = new LinkedHashMap<String, Object>();
    details.forEach(
        (name, value) -> {
          if (name.equals("badValues") || name.equals("advice") || value == null) {
            return;
          }
          boolean plain = value instanceof Number || value instanceof String;
          (plain ? facts : others).put(name, value);
        });
    var model = new LinkedHashMap<String, Object>();
    model.put("badValues", badValues(details.get("badValues")));
    model.put("facts", facts);
    model.put("others", others);
    return model;
  }

  /** From a list of objects that name their column, or from an object keyed by column. */
  private static List<Map<String, Object>> badValues(Object told) {
    var columns = new ArrayList<Map<String, Object>>();
    if (told instanceof Map<?, ?> byColumn) {
      byColumn.forEach((column, value) -> columns.add(badValue(column, value)));
    } else if (told instanceof List<?> list) {
      for (Object value : list) {
        Object column = value instanceof Map<?, ?> map ? map.get("column") : null;
        columns.add(badValue(column, value));
      }
    }
    return columns;
  }

  private static Map<String, Object> badValue(Object column, Object told) {
    var shown = new LinkedHashMap<String, Object>();
    shown.put("column", column);
    shown.put("count", told instanceof Map<?, ?> map ? map.get("count") : told);
    var samples = new ArrayList<Map<String, Object>>();
    if (told instanceof Map<?, ?> map && map.get("samples") instanceof List<?> list) {
      for (Object sample : list) {
        var one = new LinkedHashMap<String, Object>();
        boolean structured = sample instanceof Map<?, ?>;
        one.put("line", structured ? ((Map<?, ?>) sample).get("line") : null);
        one.put("value", structured ? ((Map<?, ?>) sample).get("value") : sample);
        samples.add(one);
      }
    }
    shown.put("samples", samples);
    return shown;
  }
}
