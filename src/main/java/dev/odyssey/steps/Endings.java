package dev.odyssey.steps;

import dev.odyssey.cancellation.Cancellation.Reason;
import dev.odyssey.failure.Failure;
import dev.odyssey.queue.Attempt;
import dev.odyssey.steps.Ending.Kind;
import dev.odyssey.steps.StepEnd.Outcome;
import java.time.Duration;
import java.util.Optional;
import org.apache.camel.Exchange;

/** Reads from an exchange how its attempt ended. Stateless. */
final class Endings {
  private Endings() {}

  /**
   * Null where the attempt goes on.
   *
   * @param stop why the attempt was told to stop
   */
  static Ending of(
      Course course, Exchange exchange, Outcome outcome, Duration took, Optional<Reason> stop) {
    Kind kind = kind(course.step(), exchange, outcome, stop);
    return kind == null
        ? null
        : new Ending(
            kind,
            took,
            course.failedStep(),
            exchange.getVariable("failure", Failure.class),
            course.thrown());
  }

  private static Kind kind(String step, Exchange exchange, Outcome outcome, Optional<Reason> stop) {
    boolean done = outcome == Outcome.COMPLETED;
    String answer = String.valueOf(exchange.getMessage().getBody());
    return switch (step) {
      case "begin-attempt" -> done && isRefused(exchange) ? Kind.REFUSED : null;
      case "complete-run" -> !done ? null : answer.equals("false") ? Kind.LOST : Kind.COMPLETED;
      case "interrupt-run" -> done ? stopped(stop) : Kind.UNSETTLED;
      case "dead-letter-run" -> !done ? Kind.UNSETTLED : deadLettered(answer, stop);
      case "retry-run" -> done ? retried(answer) : Kind.UNSETTLED;
      default -> null;
    };
  }

  private static boolean isRefused(Exchange exchange) {
    Attempt attempt = exchange.getVariable("attempt", Attempt.class);
    return attempt != null && !attempt.granted();
  }

  private static Kind stopped(Optional<Reason> stop) {
    return switch (stop.orElse(Reason.SHUTDOWN)) {
      case CANCELLED -> Kind.CANCELLED;
      case LEASE_LOST -> Kind.LOST;
      case SHUTDOWN -> Kind.INTERRUPTED;
    };
  }

  private static Kind deadLettered(String answer, Optional<Reason> stop) {
    return answer.equals("false")
        ? Kind.LOST
        : stop.filter(Reason.CANCELLED::equals).isPresent() ? Kind.CANCELLED : Kind.DEAD_LETTERED;
  }

  /** As {@code odyssey.retry_run} answers. */
  private static Kind retried(String answer) {
    return switch (answer) {
      case "dead-lettered" -> Kind.DEAD_LETTERED;
      case "cancelled" -> Kind.CANCELLED;
      case "lost" -> Kind.LOST;
      default -> Kind.RETRYING;
    };
  }
}
