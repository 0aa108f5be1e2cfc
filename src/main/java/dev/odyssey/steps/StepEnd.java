package dev.odyssey.steps;

import dev.odyssey.publish.Upload;
import dev.odyssey.queue.Attempt;
import dev.odyssey.queue.Job;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * A step of a job that is over. Immutable.
 *
 * @param name the id of its route, such as {@code transform-source}; or {@link #WAIT}
 * @param attempt null where none was granted
 * @param began by this machine's clock
 * @param left what it left for the next steps, where that is one of {@link
 *     dev.odyssey.source.SourceFile}, {@link dev.odyssey.transform.TransformResult}, {@link
 *     dev.odyssey.publish.Upload uploads} in a list; else null
 * @param ending how it ended the attempt; null where the attempt goes on
 */
public record StepEnd(
    String name,
    Job job,
    Attempt attempt,
    Instant began,
    Duration took,
    Outcome outcome,
    Object left,
    Ending ending) {

  /** The time of a run from its enqueueing to its first attempt, which is no route's. */
  public static final String WAIT = "wait-in-queue";

  /** How a step went. */
  public enum Outcome {
    COMPLETED,
    FAILED,
    /** The attempt was told to stop meanwhile. */
    STOPPED
  }

  /** Of the uploads that a step left; what else is in the list counts nothing. */
  public static long uploadedBytes(List<?> left) {
    return left.stream()
        .filter(Upload.class::isInstance)
        .mapToLong(upload -> ((Upload) upload).bytes())
        .sum();
  }

  /** An outcome, an ending or a class of failure as logs, metrics and traces write it. */
  public static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
