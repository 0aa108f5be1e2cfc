package dev.odyssey.cli;

import dev.odyssey.console.Formats;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** How far a running attempt is, as one line with a bar. Stateless. */
final class ProgressLine {
  private static final int BAR = 20;

  /** Below, the engine's count is but a guess from its plan. */
  private static final int LEAST_ROWS = 1000;

  private ProgressLine() {}

  /**
   * @param live as {@link dev.odyssey.console.Progress#of} gives it
   * @param width the longest line
   */
  static String of(Map<String, Object> live, int width) {
    List<String> facts = new ArrayList<>();
    facts.add(
        live.get("streamName") + ": " + (live.get("step") == null ? "begins" : live.get("step")));
    if (live.get("rows") instanceof Number rows && rows.longValue() >= LEAST_ROWS) {
      facts.add(Formats.number(live.get("rows")) + " rows");
    }
    if (positive(live.get("bytes"))) {
      facts.add(Formats.bytes(live.get("bytes")));
    }
    facts.add(Formats.duration(live.get("seconds")));
    if (Boolean.TRUE.equals(live.get("cancelling"))) {
      facts.add("is being cancelled");
    }
    return TextTable.line(bar(live.get("percent")) + String.join(" · ", facts), width);
  }

  private static String bar(Object percent) {
    if (!(percent instanceof Number number)) {
      return "";
    }
    int full = (int) Math.round(number.doubleValue() / 100 * BAR);
    return "%s%s %3d%% ".formatted("█".repeat(full), "░".repeat(BAR - full), number.intValue());
  }

  private static boolean positive(Object value) {
    return value instanceof Number number && number.longValue() > 0;
  }
}
