package dev.odyssey.console;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a run's {@code error_details} say, in an order for people; docs/diff.md lists their fields.
 * Takes details of any shape: what it does not know is shown as it is. Stateless.
 */
final class DetailsModel {
  /** Shown elsewhere on the same page. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "advice",
          "skipped",
          "badValues",
          "rejects",
          "schema",
          "unchanged",
          "rejected",
          "rejectsKey",
          "duplicateKeys",
          "missingColumns");

  private static final Set<String> SENTENCES = Set.of("lastSnapshot");

  private DetailsModel() {}

  /**
   * @param details empty where there are none
   * @return {@code badValues}: [{column, wanted, count, samples: [{line, value}]}]; {@code
   *     rejects}: [{reason, count}]; {@code schema}: what became of the columns, or null; {@code
   *     sentences}: texts; {@code facts}: name to number or text; {@code others}: name to anything;
   *     {@code any}: whether there is something to show
   */
  static Map<String, Object> of(Map<String, Object> details) {
    var sentences = new ArrayList<Object>();
    var facts = new LinkedHashMap<String, Object>();
    var others = new LinkedHashMap<String, Object>();
    details.forEach(
        (name, value) -> {
          if (ELSEWHERE.contains(name) || value == null || value.equals(0)) {
            return;
          }
          if (SENTENCES.contains(name)) {
            sentences.add(value);
          } else if (value instanceof Number || value instanceof String) {
            facts.put(words(name), value);
          } else {
            others.put(words(name), value);
          }
        });
    var model = new LinkedHashMap<String, Object>();
    model.put("badValues", Models.rows(details, "badValues"));
    model.put("rejects", rejects(Models.object(details, "rejects")));
    Map<String, Object> schema = Models.object(details, "schema");
    model.put("schema", schema.isEmpty() ? null : schema);
    model.put("sentences", sentences);
    model.put("facts", facts);
    model.put("others", others);
    model.put(
        "any",
        model.values().stream()
            .anyMatch(v -> v != null && !List.of().equals(v) && !v.equals(Map.of())));
    return model;
  }

  private static List<Map<String, Object>> rejects(Map<String, Object> reasons) {
    var rejects = new ArrayList<Map<String, Object>>();
    reasons.forEach((reason, count) -> rejects.add(Map.of("reason", reason, "count", count)));
    return rejects;
  }

  /** duplicateKeys as {@code duplicate keys}. */
  private static String words(String name) {
    return name.replaceAll("(?<=[a-z])([A-Z])", " $1").toLowerCase(java.util.Locale.ROOT);
  }
}
