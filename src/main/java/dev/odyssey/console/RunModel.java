package dev.odyssey.console;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A run with the timelines of its attempts worked out. Stateless. */
final class RunModel {
  private static final double WIDTH = 100;

  private RunModel() {}

  static Map<String, Object> of(Map<String, Object> run) {
    var model = new LinkedHashMap<>(run);
    Map<String, Object> live = Models.object(run, "live");
    var attempts = new ArrayList<Map<String, Object>>();
    for (Map<String, Object> attempt : Models.rows(run, "attempts")) {
      boolean running = "running".equals(attempt.get("outcome"));
      attempts.add(attempt(attempt, running ? Models.object(live, "progress") : attempt));
    }
    model.put("attempts", attempts);
    model.put("live", live.isEmpty() ? null : Progress.of(live));
    String status = String.valueOf(run.get("status"));
    model.put("cancellable", status.equals("pending") || status.equals("processing"));
    Map<String, Object> last = attempts.isEmpty() ? Map.of() : attempts.get(0);
    model.put("last", last);
    Map<String, Object> result = Models.object(last, "result");
    Map<String, Object> error = Models.object(last, "error");
    Map<String, Object> details = Models.object(result.isEmpty() ? error : result, "details");
    model.put("result", result.isEmpty() ? null : result);
    model.put("unchanged", details.get("unchanged"));
    model.put("rejected", details.get("rejected"));
    model.put("skipped", details.get("skipped"));
    model.put("error", error.isEmpty() || !result.isEmpty() ? null : error);
    model.put("details", DetailsModel.of(details));
    model.put("hasObjects", !result.isEmpty() || details.get("rejectsKey") != null);
    return model;
  }

  /**
   * @param timed tells the attempt's steps
   */
  private static Map<String, Object> attempt(Map<String, Object> told, Map<String, Object> timed) {
    var attempt = new LinkedHashMap<>(told);
    double total = Math.max(1, Plots.number(told, "seconds") * 1000);
    double begun = millis(told.get("begunAt"));
    var steps = new ArrayList<Map<String, Object>>();
    List<Map<String, Object>> known = Models.rows(timed, "steps");
    double skew = known.isEmpty() ? 0 : Math.min(0, Plots.number(known.get(0), "begunAt") - begun);
    for (Map<String, Object> step : known) {
      double from = Plots.number(step, "begunAt") - begun - skew;
      double took =
          step.get("millis") == null ? Math.max(0, total - from) : Plots.number(step, "millis");
      var shown = new LinkedHashMap<>(step);
      shown.put("underWay", step.get("millis") == null);
      shown.put("millis", took);
      double x = Math.max(0, Math.min(WIDTH - 1, from / total * WIDTH));
      double width = Math.max(1, Math.min(WIDTH - x, took / total * WIDTH));
      shown.put("x", Math.round(x * 10) / 10.0);
      shown.put("width", Math.round(width * 10) / 10.0);
      steps.add(shown);
    }
    attempt.put("steps", steps);
    return attempt;
  }

  private static double millis(Object time) {
    return time == null ? 0 : OffsetDateTime.parse(time.toString()).toInstant().toEpochMilli();
  }
}
