package dev.odyssey.isolation;

import dev.odyssey.settings.Settings;
import java.time.Duration;

/**
 * Where transforms run and what one may use there.
 *
 * @param process true for a child process, false for the runner's own
 * @param heapMib Java heap of a child
 * @param timeLimit wall time of one transform
 * @param silenceLimit a child that tells nothing for so long hangs
 * @param diskLimit bytes that a job's directory may hold
 * @param jobsPerProcess a child ends after so many jobs, and after any that another attempt may
 *     mend
 * @param places jobs under way at once, and children that live at once
 */
public record IsolationSettings(
    boolean process,
    int heapMib,
    Duration timeLimit,
    Duration silenceLimit,
    long diskLimit,
    int jobsPerProcess,
    int places) {

  public static IsolationSettings from(Settings settings) {
    return new IsolationSettings(
        settings.oneOf("TRANSFORM_ISOLATION", "process", "in-process").equals("process"),
        settings.integer("TRANSFORM_HEAP_MIB", 64, 65_536),
        settings.seconds("TRANSFORM_TIMEOUT_SECONDS", 1, 604_800),
        settings.seconds("TRANSFORM_SILENCE_SECONDS", 2, 3_600),
        settings.number("TRANSFORM_DISK_LIMIT_BYTES", 1, Long.MAX_VALUE),
        settings.integer("TRANSFORM_JOBS_PER_PROCESS", 1, 1_000_000),
        settings.integer("MAX_CONCURRENT_JOBS", 1, 256));
  }

  /** Children that are kept, though they have no job. */
  int spares() {
    return Math.min(2, places);
  }
}
