package dev.odyssey.traces;

import dev.odyssey.failure.Reason;
import dev.odyssey.steps.Ending;
import dev.odyssey.steps.StepEnd;
import dev.odyssey.steps.StepEnd.Outcome;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import java.time.Instant;

/**
 * The span of one attempt and those of its steps below it. A step that failed ends when it is known
 * what the failure is called, with the time at which it failed. Used by one thread at a time.
 */
final class AttemptSpans {
  private final Tracer tracer;
  private final Span attempt;
  private final Context below;
  private final Attributes whose;
  private Span failed;
  private Instant failedAt;

  /**
   * @param attempt begun, and not ended
   * @param whose put on every span
   */
  AttemptSpans(Tracer tracer, Span attempt, Attributes whose) {
    this.tracer = tracer;
    this.attempt = attempt;
    this.below = Context.root().with(attempt);
    this.whose = whose;
  }

  void add(StepEnd step) {
    Instant over = step.began().plus(step.took());
    Span span =
        tracer
            .spanBuilder(step.name())
            .setParent(below)
            .setStartTimestamp(step.began())
            .setAllAttributes(whose)
            .startSpan()
            .setAllAttributes(Facts.left(step.left()))
            .setAttribute(Facts.OUTCOME, StepEnd.word(step.outcome()));
    attempt.setAllAttributes(Facts.left(step.left()));
    if (step.outcome() == Outcome.FAILED) {
      span.setStatus(StatusCode.ERROR);
    }
    if (step.outcome() == Outcome.FAILED && failed == null) {
      failed = span;
      failedAt = over;
    } else {
      span.end(over);
    }
  }

  /** The attempt is over. */
  void end(Ending ending, Instant over) {
    if (failed != null) {
      explain(failed, ending, failedAt);
      failed.end(failedAt);
    }
    attempt.setAttribute(Facts.ENDING, StepEnd.word(ending.kind()));
    switch (ending.kind()) {
      case RETRYING, DEAD_LETTERED, UNSETTLED -> {
        attempt.setStatus(StatusCode.ERROR);
        explain(attempt, ending, failedAt == null ? over : failedAt);
      }
      case COMPLETED, CANCELLED, INTERRUPTED, LOST, REFUSED -> {}
    }
    attempt.end(over);
  }

  /** By the message that is recorded for the run, which holds no secret, and without the stack. */
  private static void explain(Span span, Ending ending, Instant at) {
    if (ending.failure() == null) {
      return;
    }
    String type = type(ending.thrown());
    span.setStatus(StatusCode.ERROR, ending.failure().message());
    span.setAttribute(Facts.ERROR_TYPE, StepEnd.word(Reason.of(ending.thrown())));
    span.addEvent(
        "exception",
        Attributes.of(
            Facts.EXCEPTION_TYPE, type, Facts.EXCEPTION_MESSAGE, ending.failure().message()),
        at);
  }

  /** The class of what a bean or a library threw, not of what Camel puts around it. */
  private static String type(Throwable thrown) {
    Throwable inner = thrown;
    while (inner != null
        && inner.getCause() != null
        && inner.getClass().getName().startsWith("org.apache.camel.")) {
      inner = inner.getCause();
    }
    return inner == null ? "unknown" : inner.getClass().getName();
  }
}
