package dev.odyssey.cli;

import dev.odyssey.console.ConsoleData;
import dev.odyssey.console.Formats;
import dev.odyssey.console.Models;
import dev.odyssey.console.OverviewModel;
import dev.odyssey.console.Progress;
import java.io.PrintWriter;
import java.util.Map;
import java.util.UUID;

/**
 * Waits for a run's end and shows how far it is: on a terminal a line that changes, elsewhere a
 * line for each step. Ctrl-C stops the waiting alone.
 */
final class RunWatch {
  private static final long LOOK_EVERY_MILLIS = 500;
  private static final int PATIENT_LOOKS = 60;

  /** Of a run that waits for its next attempt: another at each look. */
  private static final String COUNT_DOWN = "(?<=: retrying) in [\\d.]+ \\w+( \\d+ \\w+)?";

  private final ConsoleData data;
  private final PrintWriter out;
  private final Colours colours;
  private final int width = Terminal.width();
  private String shown = "";

  /**
   * @param out for people; not where a script reads the answer
   */
  RunWatch(ConsoleData data, PrintWriter out, Colours colours) {
    this.data = data;
    this.out = out;
    this.colours = colours;
  }

  /** Whether it was completed. */
  boolean await(UUID id) throws ConsoleData.Unavailable, InterruptedException {
    Thread farewell =
        new Thread(() -> line("Stopped waiting; the run goes on: bin/odyssey runs " + id));
    Runtime.getRuntime().addShutdownHook(farewell);
    try {
      Map<String, Object> run = look(id);
      while (!isOver(run)) {
        show(run);
        Thread.sleep(LOOK_EVERY_MILLIS);
        run = look(id);
      }
      line(end(run));
      return "completed".equals(run.get("status"));
    } finally {
      Runtime.getRuntime().removeShutdownHook(farewell);
    }
  }

  /** A database that restarts is waited for. */
  private Map<String, Object> look(UUID id) throws ConsoleData.Unavailable, InterruptedException {
    for (int looks = 1; ; looks++) {
      try {
        return data.run(id).orElse(Map.of());
      } catch (ConsoleData.Unavailable e) {
        if (looks == PATIENT_LOOKS || shown.isEmpty()) {
          throw e;
        }
        Thread.sleep(LOOK_EVERY_MILLIS);
      }
    }
  }

  private static boolean isOver(Map<String, Object> run) {
    Object status = run.get("status");
    return !"pending".equals(status) && !"processing".equals(status);
  }

  private void show(Map<String, Object> run) throws ConsoleData.Unavailable {
    Map<String, Object> live = Models.object(run, "live");
    Map<String, Object> progress = Progress.of(live);
    String line = live.isEmpty() ? waiting(run) : ProgressLine.of(progress, width - 1);
    if (colours.enabled()) {
      out.print("\r" + line + "\u001b[K");
      out.flush();
      shown = line;
      return;
    }
    String step = live.isEmpty() ? line : name(run) + ": " + progress.get("step");
    String told = live.isEmpty() ? step.replaceFirst(COUNT_DOWN, "") : step;
    if (!told.equals(shown) && (live.isEmpty() || progress.get("step") != null)) {
      out.println(step);
      out.flush();
      shown = told;
    }
  }

  private String waiting(Map<String, Object> run) throws ConsoleData.Unavailable {
    String state = RunState.of(run);
    boolean nobody = OverviewModel.alive(data.overview()) == 0;
    return TextTable.line(
        "%s: %s%s"
            .formatted(
                run.get("streamName"),
                state.equals("running") ? "begins" : state,
                nobody ? " (no runner is alive: bin/odyssey run)" : ""),
        width - 1);
  }

  private String end(Map<String, Object> run) {
    var attempts = Models.rows(run, "attempts");
    Map<String, Object> last = attempts.isEmpty() ? Map.of() : attempts.get(0);
    String state = RunState.of(run);
    String head = colours.state(state, "%s: %s".formatted(name(run), state));
    if (state.equals("completed")) {
      Map<String, Object> result = Models.object(last, "result");
      String changes = RunState.changes(result);
      return head
          + ", %s rows (%s%s) in %s"
              .formatted(
                  Formats.number(result.get("totalRows")),
                  "none".equals(changes) ? "no change" : changes,
                  losses(Models.object(result, "details")),
                  Formats.duration(last.get("seconds")));
    }
    Object message = Models.object(last, "error").get("message");
    return head
        + (message == null ? "" : ": " + TextTable.line(message.toString(), 1000))
        + "\nWhy, and what to do: "
        + colours.bold("bin/odyssey runs " + RunsCommand.shortId(run.get("runId")));
  }

  private static String name(Map<String, Object> run) {
    return TextTable.line(String.valueOf(run.get("streamName")), 200);
  }

  /** What of the source is not in the snapshot. */
  private static String losses(Map<String, Object> details) {
    long badValues =
        Models.rows(details, "badValues").stream()
            .mapToLong(column -> ((Number) column.get("count")).longValue())
            .sum();
    return RunState.rejected(details.get("rejected"))
        + (badValues == 0 ? "" : ", %s values do not fit".formatted(Formats.number(badValues)));
  }

  private void line(String text) {
    boolean over = colours.enabled() && !shown.isEmpty();
    out.println((over ? "\r\u001b[K" : "") + text);
    out.flush();
  }
}
