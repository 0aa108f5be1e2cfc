package dev.odyssey.cancellation;

/**
 * An attempt was told to stop and did: no failure of its job, and nothing to try again here.
 *
 * <p>Never wraps, and is never wrapped in, a failure.
 */
public final class Stopped extends RuntimeException {
  private final Cancellation.Reason reason;

  public Stopped(Cancellation.Reason reason) {
    super("The attempt stops: " + reason);
    this.reason = reason;
  }

  public Cancellation.Reason reason() {
    return reason;
  }
}
