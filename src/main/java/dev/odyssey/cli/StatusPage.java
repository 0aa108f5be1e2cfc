package dev.odyssey.cli;

import dev.odyssey.console.Formats;
import dev.odyssey.console.Models;
import dev.odyssey.console.OverviewModel;
import dev.odyssey.console.Progress;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What {@code status} shows to a person. */
final class StatusPage {
  private static final int STATE = 1;
  private static final int MOST_FAILURES = 10;
  private static final int MOST_LINES = 4;

  private final PrintWriter out;
  private final int width;
  private final Colours colours;

  StatusPage(PrintWriter out, int width, Colours colours) {
    this.out = out;
    this.width = width;
    this.colours = colours;
  }

  /**
   * @param status queue, runners, running, streams, failures
   * @param search that the streams were chosen by; null for all
   */
  void print(Map<String, Object> status, String search) {
    headline(status);
    Map<Object, Map<String, Object>> running = new LinkedHashMap<>();
    for (Map<String, Object> live : Models.rows(status, "running")) {
      running.put(live.get("streamId"), Progress.of(live));
    }
    List<Map<String, Object>> streams = Models.rows(status, "streams");
    out.println();
    if (streams.isEmpty()) {
      out.println(
          search == null
              ? "  No stream is defined (data_streams)."
              : "  No stream has a name with '%s'.".formatted(search));
    } else {
      table(streams, running);
    }
    if (!running.isEmpty()) {
      out.println();
      running.values().forEach(live -> out.println("  " + ProgressLine.of(live, width - 2)));
    }
    failures(streams, Models.rows(status, "failures"));
    out.flush();
  }

  private void headline(Map<String, Object> status) {
    Map<String, Object> queue = Models.object(status, "queue");
    List<String> facts = new ArrayList<>();
    long alive = OverviewModel.alive(status);
    facts.add(alive == 0 ? colours.bad("no runner is alive") : counted(alive, "runner") + " alive");
    facts.add(count(queue, "running") + " running");
    String age = RunsCommand.age(count(queue, "oldestSeconds"));
    long waiting = count(queue, "waiting");
    facts.add(waiting + " waiting" + (waiting == 0 ? "" : ", the oldest for " + age));
    long letters = count(queue, "deadLetters");
    facts.add(letters == 0 ? "0 dead letters" : colours.bad(counted(letters, "dead letter")));
    out.println(String.join(" · ", facts));
    if (alive == 0 && waiting > 0) {
      out.println("Nothing moves until a runner does: bin/odyssey run");
    }
  }

  private void table(List<Map<String, Object>> streams, Map<Object, Map<String, Object>> running) {
    boolean distinct =
        streams.stream().map(s -> s.get("name")).distinct().count() == streams.size();
    List<String> heads = new ArrayList<>(List.of("stream", "last run", "rows", "changes", "fresh"));
    if (!distinct) {
      heads.add("tenant");
    }
    List<List<String>> rows = new ArrayList<>();
    for (Map<String, Object> stream : streams) {
      List<Map<String, Object>> history = Models.rows(stream, "history");
      List<String> row = new ArrayList<>();
      row.add(String.valueOf(stream.get("name")));
      row.add(RunState.ofStream(stream, running.getOrDefault(stream.get("id"), Map.of())));
      row.add(stream.get("totalRows") == null ? null : Formats.number(stream.get("totalRows")));
      row.add(history.isEmpty() ? null : RunState.changes(history.get(history.size() - 1)));
      row.add(stream.get("freshSeconds") instanceof Number age ? RunsCommand.age(age) : null);
      if (!distinct) {
        row.add(String.valueOf(stream.get("tenantId")));
      }
      rows.add(row);
    }
    new TextTable(heads, Set.of(2, 4), rows)
        .print(
            out,
            width,
            (row, column, text) ->
                row < 0
                    ? colours.bold(text)
                    : column == STATE ? colours.state(rows.get(row).get(STATE), text) : text);
  }

  /** Each failing stream with its reason, and where to read more. */
  private void failures(List<Map<String, Object>> streams, List<Map<String, Object>> runs) {
    Map<Object, Map<String, Object>> lastRuns =
        runs.stream()
            .collect(Collectors.toMap(r -> String.valueOf(r.get("streamId")), r -> r, (a, b) -> a));
    List<Map<String, Object>> failing =
        streams.stream()
            .filter(s -> s.get("error") != null && !"completed".equals(s.get("outcome")))
            .toList();
    if (failing.isEmpty()) {
      return;
    }
    String hint = "bin/odyssey runs --failed";
    for (Map<String, Object> stream : failing.subList(0, Math.min(MOST_FAILURES, failing.size()))) {
      Map<String, Object> run = lastRuns.get(String.valueOf(stream.get("id")));
      out.println();
      out.println(
          colours.bad("  ✗ ")
              + colours.bold(TextTable.line(stream.get("name").toString(), width - 4)));
      List<String> lines = Terminal.wrap(stream.get("error").toString(), width - 4);
      lines.stream().limit(MOST_LINES).forEach(line -> out.println("    " + line));
      if (run != null && failing.size() == 1) {
        hint = "bin/odyssey runs " + RunsCommand.shortId(run.get("runId"));
      }
    }
    if (failing.size() > MOST_FAILURES) {
      out.println("\n  … and %d more".formatted(failing.size() - MOST_FAILURES));
    }
    out.println();
    out.println("Why, and what to do: " + colours.bold(hint));
  }

  private static long count(Map<String, Object> object, String name) {
    return object.get(name) instanceof Number number ? number.longValue() : 0;
  }

  private static String counted(long count, String what) {
    return "%,d %s%s".formatted(count, what, count == 1 ? "" : "s");
  }
}
