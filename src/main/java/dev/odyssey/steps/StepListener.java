package dev.odyssey.steps;

import dev.odyssey.queue.Job;
import java.time.Instant;

/**
 * Hears of every step that begins or is over, on the thread of its job: whoever has much to do with
 * it does it elsewhere. What it throws is logged and concerns no job.
 */
public interface StepListener {
  /**
   * A step begins.
   *
   * @param name as {@link StepEnd#name}
   * @param at by this machine's clock
   */
  default void began(String name, Job job, Instant at) {}

  void ended(StepEnd step);

  /** A step failed, and is tried again at once. */
  default void triedAgain(StepRetry retry) {}
}
