package dev.odyssey.steps;

import dev.odyssey.failure.Failure;
import java.time.Duration;

/**
 * How an attempt ended. Immutable.
 *
 * @param took the whole attempt
 * @param failedStep the name of the step that failed; null where none did
 * @param failure what went wrong there; null where nothing did
 * @param thrown by that step; null where nothing was
 */
public record Ending(
    Kind kind, Duration took, String failedStep, Failure failure, Throwable thrown) {

  /** What became of the job. */
  public enum Kind {
    /** The run is completed. */
    COMPLETED,
    /** The run failed, and is tried again. */
    RETRYING,
    /** The run failed for good. */
    DEAD_LETTERED,
    /** Somebody cancelled the run. */
    CANCELLED,
    /** Given back unfinished, because the runner shuts down. */
    INTERRUPTED,
    /** The lease was over, so that the attempt changed nothing. */
    LOST,
    /** The attempt was not granted: the job is somebody else's, or finished. */
    REFUSED,
    /** The end could not be recorded: the lease runs out and the job comes back. */
    UNSETTLED
  }
}
