package dev.odyssey.console;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How far a running attempt is, from what its runner last told: {@code step, percent, rows, bytes,
 * stepSeconds}, any of them absent, 0 where nobody can tell. Stateless.
 */
public final class Progress {
  private static final double ENOUGH_SECONDS = 0.5;

  private Progress() {}

  /**
   * @param live as {@code odyssey.show_live_attempt} gives it
   * @return the same with {@code step}, and where they can be told {@code percent}, {@code rows},
   *     {@code bytes}, {@code totalBytes}, {@code bytesPerSecond}, {@code rowsPerSecond}, {@code
   *     secondsLeft} of the step
   */
  public static Map<String, Object> of(Map<String, Object> live) {
    var shown = new LinkedHashMap<>(live);
    Map<String, Object> told = Models.object(live, "progress");
    shown.put("step", told.get("step"));
    double seconds = Plots.number(told, "stepSeconds");
    for (String name : new String[] {"rows", "bytes"}) {
      double count = Plots.number(told, name);
      if (count > 0) {
        shown.put(name, (long) count);
        if (seconds >= ENOUGH_SECONDS) {
          shown.put(name + "PerSecond", count / seconds);
        }
      }
    }
    double percent = Math.min(100, Plots.number(told, "percent"));
    if (percent > 0) {
      shown.put("percent", (int) Math.floor(percent));
      if (shown.get("bytes") instanceof Long bytes) {
        shown.put("totalBytes", Math.round(bytes / percent * 100));
      }
      if (seconds >= ENOUGH_SECONDS && percent < 100) {
        shown.put("secondsLeft", seconds * (100 - percent) / percent);
      }
    }
    return shown;
  }
}
