package dev.odyssey.console;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far a running attempt is, from what its runner last told: {@code step, bytesRead, totalBytes,
 * rows}, any of them absent. Stateless.
 */
public final class Progress {
  private Progress() {}

  /**
   * @param live as {@code odyssey.show_live_attempt} gives it
   * @return the same with {@code step}, {@code rows}, {@code bytesRead}, {@code totalBytes}, and
   *     where they can be told {@code percent}, {@code bytesPerSecond}, {@code secondsLeft}
   */
  public static Map<String, Object> of(Map<String, Object> live) {
    var shown = new LinkedHashMap<>(live);
    if (!(live.get("progress") instanceof Map<?, ?> told)) {
      return shown;
    }
    for (String name : new String[] {"step", "rows", "bytesRead", "totalBytes"}) {
      if (told.get(name) != null) {
        shown.put(name, told.get(name));
      }
    }
    double read = Plots.number(shown, "bytesRead");
    double total = Plots.number(shown, "totalBytes");
    double rate = read / Math.max(0.001, Plots.number(live, "seconds"));
    if (read > 0) {
      shown.put("bytesPerSecond", rate);
    }
    if (total > 0) {
      shown.put("percent", (int) Math.min(100, Math.floor(100 * read / total)));
      if (read > 0 && read < total) {
        shown.put("secondsLeft", (total - read) / rate);
      }
    }
    return shown;
  }
}
