package dev.odyssey.bench.fuzz;

import java.util.List;
import java.util.regex.Pattern;

/** What Jazzer printed. */
record FuzzLog(String text) {
  private static final Pattern CASE = Pattern.compile("(?m)^#(\\d+)\\s");
  private static final List<Pattern> FINDINGS =
      List.of(
          Pattern.compile("(?m)^== Java Exception: (.*)$"),
          Pattern.compile("(?m)^# +(SIG[A-Z]+ .*)$"), // the JVM's, of a crash in native code
          Pattern.compile("(?m)^.*ERROR: (libFuzzer: .*)$"));

  /** Cases that were run, at least: a crash leaves those since the last line unsaid. */
  long cases() {
    return CASE.matcher(text)
        .results()
        .map(m -> Long.parseLong(m.group(1)))
        .max(Long::compare)
        .orElse(0L);
  }

  /** What went wrong, in a line. */
  String finding() {
    return FINDINGS.stream()
        .flatMap(pattern -> pattern.matcher(text).results().limit(1))
        .map(match -> match.group(1))
        .findFirst()
        .orElseGet(() -> "ended early: " + text.strip().lines().reduce("", (a, b) -> b));
  }
}
