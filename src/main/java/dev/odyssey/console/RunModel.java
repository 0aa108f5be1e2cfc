package dev.odyssey.console;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;

/** A run with the timelines of its attempts worked out. Stateless. */
final class RunModel {
  private static final double WIDTH = 100;

  private RunModel() {}

  static Map<String, Object> of(Map<String, Object> run) {
    var model = new LinkedHashMap<>(run);
    var attempts = new ArrayList<Map<String, Object>>();
    for (Map<String, Object> attempt : Models.rows(run, "attempts")) {
      attempts.add(attempt(attempt));
    }
    model.put("attempts", attempts);
    Map<String, Object> live = Models.object(run, "live");
    model.put("live", live.isEmpty() ? null : Progress.of(live));
    String status = String.valueOf(run.get("status"));
    model.put("cancellable", status.equals("pending") || status.equals("processing"));
    Map<String, Object> last = attempts.isEmpty() ? Map.of() : attempts.get(0);
    model.put("last", last);
    Map<String, Object> result = Models.object(last, "result");
    Map<String, Object> error = Models.object(last, "error");
    model.put("result", result.isEmpty() ? null : result);
    model.put("error", error.isEmpty() || !result.isEmpty() ? null : error);
    model.put("details", DetailsModel.of(result.isEmpty() ? error : result));
    if (result.get("snapshotPath") instanceof String snapshot) {
      model.put("objects", ObjectRows.keys(snapshot));
    }
    return model;
  }

  private static Map<String, Object> attempt(Map<String, Object> told) {
    var attempt = new LinkedHashMap<>(told);
    double total = Math.max(0.001, Plots.number(told, "seconds"));
    var steps = new ArrayList<Map<String, Object>>();
    for (Map<String, Object> step : Models.rows(told, "steps")) {
      var shown = new LinkedHashMap<>(step);
      double offset = seconds(told.get("begunAt"), step.get("begunAt"));
      double width = Plots.number(step, "millis") / 1000 / total * WIDTH;
      double x = Math.max(0, Math.min(WIDTH - 1, offset / total * WIDTH));
      shown.put("x", Math.round(x * 10) / 10.0);
      shown.put("width", Math.round(Math.max(1, Math.min(WIDTH - x, width)) * 10) / 10.0);
      steps.add(shown);
    }
    attempt.put("steps", steps);
    return attempt;
  }

  private static double seconds(Object from, Object to) {
    if (from == null || to == null) {
      return 0;
    }
    return Duration.between(
                OffsetDateTime.parse(from.toString()), OffsetDateTime.parse(to.toString()))
            .toMillis()
        / 1000.0;
  }
}
