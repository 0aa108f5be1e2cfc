package dev.odyssey.failure;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * A failure that no retry can mend: the job goes to the dead letters at once.
 *
 * <p>The message says what is wrong and where (stream, column, line); the advice says what to do.
 * Neither ever holds a secret. Never wraps, and is never wrapped in, a {@link TransientFailure}.
 */
public final class PermanentFailure extends RuntimeException {
  private final String advice;
  private final transient JsonNode details;

  public PermanentFailure(String message, String advice) {
    this(message, advice, null, null);
  }

  /**
   * @param details recorded as the run's {@code error_details}; null for none
   * @param cause the library's exception; null for none
   */
  public PermanentFailure(String message, String advice, JsonNode details, Throwable cause) {
    super(message, cause);
    this.advice = advice;
    this.details = details;
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
