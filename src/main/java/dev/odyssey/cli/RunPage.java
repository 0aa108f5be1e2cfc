package dev.odyssey.cli;

import dev.odyssey.console.Formats;
import dev.odyssey.console.Models;
import dev.odyssey.console.Progress;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What {@code runs RUN} shows to a person. */
final class RunPage {
  private static final int OUTCOME = 3;

  private final PrintWriter out;
  private final int width;
  private final Colours colours;

  RunPage(PrintWriter out, int width, Colours colours) {
    this.out = out;
    this.width = width;
    this.colours = colours;
  }

  /**
   * @param run as {@code odyssey.show_run} gives it
   */
  void print(Map<String, Object> run) {
    String state = RunState.of(run);
    out.println("Run %s of stream %s".formatted(run.get("runId"), colours.bold(name(run))));
    out.println(colours.state(state, state));
    List<Map<String, Object>> attempts = Models.rows(run, "attempts");
    Map<String, Object> last = attempts.isEmpty() ? Map.of() : attempts.get(0);
    Map<String, Object> result = Models.object(last, "result");
    Map<String, Object> error = Models.object(last, "error");
    Map<String, Object> live = Models.object(run, "live");
    if (!live.isEmpty()) {
      out.println(ProgressLine.of(Progress.of(live), width));
    }
    boolean failing = result.isEmpty() && !error.isEmpty();
    if (failing) {
      error(error);
    }
    counts(result);
    badValues(Models.object(failing ? error : result, "details"));
    attempts(attempts);
    steps(Models.rows(last, "steps"));
    objects(result, error);
    next(run, state, result);
    out.flush();
  }

  private void error(Map<String, Object> error) {
    out.println();
    Terminal.wrap(String.valueOf(error.get("message")), width - 2)
        .forEach(line -> out.println("  " + colours.bad(line)));
    if (error.get("advice") != null) {
      heading("What to do");
      Terminal.wrap(error.get("advice").toString(), width - 2)
          .forEach(line -> out.println("  " + line));
    }
  }

  private void counts(Map<String, Object> result) {
    if (result.isEmpty()) {
      return;
    }
    Map<String, Object> details = Models.object(result, "details");
    heading("Rows");
    if (details.get("skipped") != null) {
      out.println("  " + details.get("skipped"));
      out.println("  %s in the snapshot".formatted(Formats.number(result.get("totalRows"))));
      return;
    }
    List<String> facts = new ArrayList<>();
    for (String count : new String[] {"processed", "inserted", "updated", "deleted"}) {
      facts.add(Formats.number(result.get(count)) + " " + count);
    }
    for (String count : new String[] {"unchanged", "rejected"}) {
      if (details.get(count) != null) {
        facts.add(Formats.number(details.get(count)) + " " + count);
      }
    }
    Terminal.wrap(String.join(", ", facts), width - 2).forEach(line -> out.println("  " + line));
    out.println(
        "  %s in the snapshot, %s"
            .formatted(
                Formats.number(result.get("totalRows")),
                Formats.bytes(result.get("fileSizeBytes"))));
  }

  /**
   * @param file null for the only one
   * @param line null where unknown
   */
  static String sample(Object value, Object file, Object line) {
    List<String> place = new ArrayList<>();
    if (file != null) {
      place.add(file.toString());
    }
    if (line != null) {
      place.add("line " + line);
    }
    return place.isEmpty() ? value.toString() : value + " (" + String.join(", ", place) + ")";
  }

  private void badValues(Map<String, Object> details) {
    List<List<String>> rows = new ArrayList<>();
    for (Map<String, Object> column : Models.rows(details, "badValues")) {
      List<String> samples = new ArrayList<>();
      for (Map<String, Object> sample : Models.rows(column, "samples")) {
        samples.add(sample(sample.get("value"), sample.get("file"), sample.get("line")));
      }
      rows.add(
          Arrays.asList(
              String.valueOf(column.get("column")),
              String.valueOf(column.get("wanted")),
              Formats.number(column.get("count")),
              String.join("  ", samples)));
    }
    if (!rows.isEmpty()) {
      heading("Values that do not fit their type: NULL in the snapshot");
      new TextTable(List.of("column", "wanted", "count", "such as"), Set.of(2), rows)
          .print(out, width);
    }
    rejects(Models.object(details, "rejects"));
  }

  private void rejects(Map<String, Object> reasons) {
    if (reasons.isEmpty()) {
      return;
    }
    heading("Rows that cannot be taken");
    List<List<String>> rows = new ArrayList<>();
    reasons.forEach((reason, count) -> rows.add(List.of(Formats.number(count), reason)));
    new TextTable(List.of("count", "reason"), Set.of(0), rows).print(out, width);
  }

  private void attempts(List<Map<String, Object>> attempts) {
    if (attempts.isEmpty()) {
      return;
    }
    heading("Attempts");
    List<List<String>> rows = new ArrayList<>();
    for (Map<String, Object> attempt : attempts) {
      rows.add(
          Arrays.asList(
              String.valueOf(attempt.get("number")),
              RunsCommand.ago(attempt.get("begunAt")),
              Formats.duration(attempt.get("seconds")),
              String.valueOf(attempt.get("outcome")),
              String.valueOf(attempt.get("runner"))));
    }
    new TextTable(List.of("#", "begun", "took", "outcome", "runner"), Set.of(0, 2), rows)
        .print(
            out,
            width,
            (row, column, text) ->
                column == OUTCOME && row >= 0
                    ? colours.state(rows.get(row).get(OUTCOME), text)
                    : text);
  }

  private void steps(List<Map<String, Object>> steps) {
    if (steps.isEmpty()) {
      return;
    }
    heading("Steps of the last attempt");
    List<List<String>> rows = new ArrayList<>();
    for (Map<String, Object> step : steps) {
      Object millis = step.get("millis");
      rows.add(
          Arrays.asList(
              step.get("step") + (Boolean.TRUE.equals(step.get("brokenOff")) ? ": broken off" : ""),
              millis instanceof Number n ? Formats.duration(n.doubleValue() / 1000) : null));
    }
    new TextTable(List.of("step", "took"), Set.of(1), rows).print(out, width);
  }

  private void objects(Map<String, Object> result, Map<String, Object> error) {
    Object rejects = Models.object(error, "details").get("rejectsKey");
    if (result.get("snapshotPath") instanceof String snapshot) {
      heading("Snapshot");
      out.println("  " + snapshot);
    } else if (rejects != null) {
      heading("Rejects");
      out.println("  " + rejects);
    }
  }

  /** The way from here to a completed run. */
  private void next(Map<String, Object> run, String state, Map<String, Object> result) {
    String stream = NextCommands.stream(run.get("streamName"), run.get("streamId"));
    var next = new NextCommands();
    if (state.equals("failed")) {
      next.mend(stream);
      if (run.get("deadLetter") == null) {
        next.add("enqueue " + stream + " --wait", "sync it anew");
      } else {
        next.add("redrive " + run.get("deadLetter") + " --wait", "do it again");
      }
    } else if (Models.object(run, "message").get("msgId") != null) {
      next.add("cancel " + RunsCommand.shortId(run.get("runId")), "stop it");
    } else if (result.get("snapshotPath") != null) {
      next.add("runs " + stream, "its other runs, for bin/odyssey diff");
    }
    next.print(out, colours);
  }

  private void heading(String text) {
    out.println();
    out.println(colours.bold(text));
  }

  private static String name(Map<String, Object> run) {
    Object name = run.get("streamName") == null ? run.get("streamId") : run.get("streamName");
    return TextTable.line(String.valueOf(name), 200);
  }
}
