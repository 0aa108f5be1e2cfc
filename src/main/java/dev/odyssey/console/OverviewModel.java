package dev.odyssey.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The overview: what the database tells, with the plots worked out. Stateless. */
public final class OverviewModel {
  private static final List<Plots.Part> ATTEMPTS =
      List.of(
          new Plots.Part("good", hour -> Plots.number(hour, "completed")),
          new Plots.Part("bad", hour -> Plots.number(hour, "failed")));
  private static final List<Plots.Part> ROWS =
      List.of(new Plots.Part("rows", hour -> Plots.number(hour, "rows")));

  private OverviewModel() {}

  static Map<String, Object> of(Map<String, Object> overview) {
    var model = new LinkedHashMap<>(overview);
    List<Map<String, Object>> hours = Models.rows(overview, "hours");
    model.put("running", Models.rows(overview, "running").stream().map(Progress::of).toList());
    model.put("attemptBars", Plots.stacks(hours, ATTEMPTS, OverviewModel::attempts));
    model.put("attemptPeak", (long) Plots.highest(hours, ATTEMPTS));
    model.put("rowBars", Plots.stacks(hours, ROWS, OverviewModel::rows));
    model.put("rowPeak", (long) Plots.highest(hours, ROWS));
    model.put("completed", sum(hours, "completed"));
    model.put("failed", sum(hours, "failed"));
    model.put("rows", sum(hours, "rows"));
    model.put("since", hours.isEmpty() ? null : hours.get(0).get("at"));
    model.put("alive", alive(overview));
    return model;
  }

  private static String attempts(Map<String, Object> hour) {
    return "%s UTC: %s completed, %s failed"
        .formatted(Formats.time(hour.get("at")), hour.get("completed"), hour.get("failed"));
  }

  /** How many runners reported just now. */
  public static long alive(Map<String, Object> overview) {
    return Models.rows(overview, "runners").stream()
        .filter(runner -> Boolean.TRUE.equals(runner.get("alive")))
        .count();
  }

  private static String rows(Map<String, Object> hour) {
    return "%s UTC: %s rows"
        .formatted(Formats.time(hour.get("at")), Formats.number(hour.get("rows")));
  }

  private static long sum(List<Map<String, Object>> rows, String name) {
    return (long) rows.stream().mapToDouble(row -> Plots.number(row, name)).sum();
  }
}
