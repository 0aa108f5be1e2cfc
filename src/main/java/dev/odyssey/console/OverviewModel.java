package dev.odyssey.console;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The overview: what the database tells, with the plots worked out. Stateless. */
final class OverviewModel {
  private static final double ALIVE_SECONDS = 30;

  private OverviewModel() {}

  static Map<String, Object> of(Map<String, Object> overview) {
    var model = new LinkedHashMap<>(overview);
    List<Map<String, Object>> hours = Models.rows(overview, "hours");
    model.put("running", Models.rows(overview, "running").stream().map(Progress::of).toList());
    model.put("attemptBars", attempts(hours));
    model.put("rowBars", rows(hours));
    model.put("completed", sum(hours, "completed"));
    model.put("failed", sum(hours, "failed"));
    model.put("rows", sum(hours, "rows"));
    model.put("since", hours.isEmpty() ? null : hours.get(0).get("at"));
    List<Map<String, Object>> runners = Models.rows(overview, "runners");
    model.put(
        "alive",
        runners.stream().filter(r -> Plots.number(r, "seenSeconds") < ALIVE_SECONDS).count());
    model.put("aliveSeconds", ALIVE_SECONDS);
    return model;
  }

  private static List<Plots.Bar> attempts(List<Map<String, Object>> hours) {
    return Plots.stacks(
        hours,
        List.of(
            new Plots.Part("good", hour -> Plots.number(hour, "completed")),
            new Plots.Part("bad", hour -> Plots.number(hour, "failed"))),
        hour ->
            "%s UTC: %s completed, %s failed"
                .formatted(
                    Formats.time(hour.get("at")), hour.get("completed"), hour.get("failed")));
  }

  private static List<Plots.Bar> rows(List<Map<String, Object>> hours) {
    return Plots.stacks(
        hours,
        List.of(new Plots.Part("rows", hour -> Plots.number(hour, "rows"))),
        hour ->
            "%s UTC: %s rows"
                .formatted(Formats.time(hour.get("at")), Formats.number(hour.get("rows"))));
  }

  private static long sum(List<Map<String, Object>> rows, String name) {
    return (long) rows.stream().mapToDouble(row -> Plots.number(row, name)).sum();
  }
}
