package dev.odyssey.bench.fuzz;

import java.time.Duration;
import java.util.List;

/**
 * What the fuzzing of a target came to.
 *
 * @param findings a line each: what happened, and the log that has the rest
 */
record Outcome(Target target, long cases, List<String> findings, Duration took) {
  Outcome {
    findings = List.copyOf(findings);
  }
}
