package dev.odyssey.steps;

import dev.odyssey.queue.Attempt;
import dev.odyssey.queue.Job;
import dev.odyssey.steps.StepEnd.Outcome;
import java.time.Duration;
import java.time.Instant;

/** One attempt on its way through its steps. Used by one thread at a time. */
final class Course {
  private final Job job;
  private final Instant began;
  private String step; // null between steps
  private Instant stepBegan;
  private String failedStep;
  private Throwable thrown;

  Course(Job job, Instant now) {
    this.job = job;
    this.began = now;
  }

  Job job() {
    return job;
  }

  /** The step under way; null between steps. */
  String step() {
    return step;
  }

  /** Null where none failed. */
  String failedStep() {
    return failedStep;
  }

  /** By the step that failed; null where none did. */
  Throwable thrown() {
    return thrown;
  }

  /** What a step calls is part of it. */
  void enter(String route, Instant now) {
    if (step == null) {
      step = route;
      stepBegan = now;
    }
  }

  /** Something failed for good: the step under way, or what is between the steps. */
  void fail(String where, Throwable cause) {
    failedStep = step == null ? where : step;
    thrown = cause;
  }

  Duration tookUntil(Instant now) {
    return Duration.between(began, now);
  }

  /** The step under way is over. */
  StepEnd end(Instant now, Attempt attempt, Outcome outcome, Object left, Ending ending) {
    var end =
        new StepEnd(
            step, job, attempt, stepBegan, Duration.between(stepBegan, now), outcome, left, ending);
    step = null;
    return end;
  }
}
