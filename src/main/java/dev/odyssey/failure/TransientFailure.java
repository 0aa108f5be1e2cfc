package dev.odyssey.failure;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/**
 * A failure that time may mend: the step is retried, then the job goes back to the queue.
 *
 * <p>The message says what is wrong and where (stream, column, line); the advice says what to do.
 * Neither ever holds a secret. Never wraps, and is never wrapped in, a {@link PermanentFailure}.
 */
public final class TransientFailure extends RuntimeException {
  private final String advice;
  private final transient JsonNode details;

  public TransientFailure(String message, String advice) {
    this(message, advice, null, null);
  }

  /**
   * @param details recorded as the run's {@code error_details}; null for none
   * @param cause the library's exception; null for none
   */
  public TransientFailure(String message, String advice, JsonNode details, Throwable cause) {
    super(message, cause);
    this.advice = advice;
    this.details = details;
  }

  /**
   * A failure after which the service wants to be left alone for a while.
   *
   * @param rest as its {@code Retry-After} says; null where it says nothing
   */
  public static TransientFailure resting(String message, String advice, Duration rest) {
    return new TransientFailure(message, advice, RetryAfter.details(rest), null);
  }

  /** What the operator can do about it, one sentence. */
  public String advice() {
    return advice;
  }

  /** Facts for the run's {@code error_details}; null where there are none. */
  public JsonNode details() {
    return details;
  }
}
