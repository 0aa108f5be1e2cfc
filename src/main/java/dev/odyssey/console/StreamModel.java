package dev.odyssey.console;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A stream, or a list of them, with plots worked out. Stateless. */
final class StreamModel {
  private static final int SPARK_WIDTH = 96;
  private static final int SPARK_HEIGHT = 22;

  private static final List<Plots.Part> CHANGES =
      List.of(
          new Plots.Part("inserted", run -> count(run, "inserted")),
          new Plots.Part("updated", run -> count(run, "updated")),
          new Plots.Part("deleted", run -> count(run, "deleted")));

  private StreamModel() {}

  static Map<String, Object> list(Map<String, Object> found) {
    List<Map<String, Object>> rows = Models.rows(found, "streams");
    List<Object> names = rows.stream().map(row -> row.get("name")).toList();
    var streams = new ArrayList<Map<String, Object>>();
    for (Map<String, Object> row : rows) {
      var stream = new LinkedHashMap<>(row);
      List<Map<String, Object>> history = Models.rows(row, "history");
      stream.put("spark", Plots.line(values(history, "totalRows"), SPARK_WIDTH, SPARK_HEIGHT));
      stream.put("last", history.isEmpty() ? null : history.get(history.size() - 1));
      stream.put("hasNamesake", Collections.frequency(names, row.get("name")) > 1);
      streams.add(stream);
    }
    var model = new LinkedHashMap<>(found);
    model.put("streams", streams);
    return model;
  }

  static Map<String, Object> of(Map<String, Object> stream) {
    var model = new LinkedHashMap<>(stream);
    var completed = new ArrayList<Map<String, Object>>();
    for (Map<String, Object> run : Models.rows(stream, "runs")) {
      if (!Models.object(run, "counts").isEmpty()) {
        completed.add(run);
      }
    }
    Collections.reverse(completed);
    var counts = completed.stream().map(run -> Models.object(run, "counts")).toList();
    model.put("rowsLine", Plots.line(values(counts, "totalRows"), Plots.WIDTH, Plots.HEIGHT));
    model.put(
        "rowsPeak",
        (long) values(counts, "totalRows").stream().mapToDouble(v -> v).max().orElse(0));
    model.put("changeBars", Plots.stacks(completed, CHANGES, StreamModel::changes));
    model.put("changePeak", (long) Plots.highest(completed, CHANGES));
    model.put("completedRuns", completed.size());
    Map<String, Object> live = Models.object(stream, "running");
    model.put("running", live.isEmpty() ? null : Progress.of(live));
    model.put(
        "details", DetailsModel.of(Models.object(Models.object(stream, "latest"), "details")));
    model.put("mappings", MappingModel.typed(stream));
    return model;
  }

  private static String changes(Map<String, Object> run) {
    return "%s UTC: %s inserted, %s updated, %s deleted"
        .formatted(
            Formats.time(run.get("begunAt")),
            Formats.number((long) count(run, "inserted")),
            Formats.number((long) count(run, "updated")),
            Formats.number((long) count(run, "deleted")));
  }

  private static double count(Map<String, Object> run, String name) {
    return Plots.number(Models.object(run, "counts"), name);
  }

  private static List<Double> values(List<Map<String, Object>> rows, String name) {
    return rows.stream().map(row -> Plots.number(row, name)).toList();
  }
}
