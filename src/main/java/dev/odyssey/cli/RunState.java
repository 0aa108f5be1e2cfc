package dev.odyssey.cli;

import dev.odyssey.console.Formats;
import dev.odyssey.console.Models;
import java.util.List;
import java.util.Map;

/** Where a run, or a stream's last one, stands, in a word or two. Stateless. */
final class RunState {
  private RunState() {}

  /**
   * @param run as {@code odyssey.show_runs} or {@code odyssey.show_run} gives it
   */
  static String of(Map<String, Object> run) {
    Object status = run.get("status");
    if ("processing".equals(status)) {
      return "running";
    }
    if (!"pending".equals(status)) {
      return status == null ? "unknown" : status.toString();
    }
    Object wait =
        run.getOrDefault("waitingSeconds", Models.object(run, "message").get("visibleIn"));
    boolean tried =
        run.get("attempts") instanceof List<?> list
            ? !list.isEmpty()
            : run.get("attempts") instanceof Number number && number.intValue() > 0;
    boolean delayed = wait instanceof Number seconds && seconds.doubleValue() >= 1;
    return (tried ? "retrying" : "waiting")
        + (tried && delayed ? " in " + Formats.duration(wait) : "");
  }

  /**
   * @param stream of {@code odyssey.show_streams}
   * @param live its running attempt; empty for none
   */
  static String ofStream(Map<String, Object> stream, Map<String, Object> live) {
    String outcome = stream.get("outcome") == null ? "" : stream.get("outcome").toString();
    if (!live.isEmpty()) {
      return "running" + (live.get("percent") == null ? "" : " " + live.get("percent") + "%");
    }
    if (stream.get("queued") instanceof Number queued && queued.longValue() > 0) {
      return outcome.equals("retried") || outcome.equals("crashed") ? "retrying" : "waiting";
    }
    return switch (outcome) {
      case "" -> "never synced";
      case "dead-lettered" -> "failed";
      default -> outcome;
    };
  }

  /** As {@code +25 ~20 -10}; null where it published nothing. */
  static String changes(Map<String, Object> counts) {
    if (counts.get("inserted") == null) {
      return null;
    }
    StringBuilder text = new StringBuilder();
    for (String[] kind : new String[][] {{"+", "inserted"}, {"~", "updated"}, {"-", "deleted"}}) {
      if (counts.get(kind[1]) instanceof Number count && count.longValue() > 0) {
        text.append(text.isEmpty() ? "" : " ").append(kind[0]).append(Formats.number(count));
      }
    }
    return text.isEmpty() ? "none" : text.toString();
  }

  /** As {@code , 3 rejected}; empty where none was. */
  static String rejected(Object rows) {
    return rows instanceof Number count && count.longValue() > 0
        ? ", %s rejected".formatted(Formats.number(count))
        : "";
  }
}
