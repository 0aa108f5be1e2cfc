package dev.odyssey.failure;

import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one place that maps every failure to temporary or permanent, with advice. Stateless.
 *
 * <p>Our own two failures say it themselves; what a library throws out of a route's endpoint is
 * mapped by {@link LibraryFailures}. The unknown is temporary: attempts are counted, so it ends in
 * the dead letters.
 */
public final class Failures {
  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

  private final List<Secret> secrets;
  private final LibraryFailures libraries;

  /**
   * @param secrets are blanked out of every message, should a library repeat one
   */
  public Failures(List<Secret> secrets) {
    this.secrets =
        secrets.stream()
            .sorted(Comparator.comparing((Secret secret) -> secret.value().length()).reversed())
            .toList(); // one that holds another is blanked whole
    this.libraries = new LibraryFailures(Clock.systemUTC());
  }

  public Failure describe(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause() == t ? null : t.getCause()) {
      Failure known = known(t);
      if (known != null) {
        return clean(known);
      }
    }
    Throwable root = thrown;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    LOG.debug("Unexpected failure", thrown); // the attempt's end tells it at ERROR
    return clean(
        new Failure(
            true,
            "Unexpected %s: %s".formatted(root.getClass().getSimpleName(), root.getMessage()),
            "Look at the runner's log for the stack trace and report it as a defect.",
            null));
  }

  /**
   * Whether to try the failing step again at once would be in vain: the failure is permanent, the
   * service asked for a rest, or a process died of it.
   */
  public boolean isInVain(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause() == t ? null : t.getCause()) {
      Failure known = known(t);
      if (known != null) {
        return !known.temporary()
            || !RetryAfter.of(known.details()).isZero()
            || (known.details() != null && known.details().path("kind").asText().endsWith("died"));
      }
    }
    return false;
  }

  private Failure known(Throwable t) {
    if (t instanceof PermanentFailure f) {
      return new Failure(false, f.getMessage(), f.advice(), f.details());
    }
    if (t instanceof TransientFailure f) {
      return new Failure(true, f.getMessage(), f.advice(), f.details());
    }
    return libraries.of(t);
  }

  private Failure clean(Failure failure) {
    String message = String.valueOf(failure.message());
    for (Secret secret : secrets) {
      message = message.replace(secret.value(), secret.toString());
    }
    return new Failure(failure.temporary(), message, failure.advice(), failure.details());
  }
}
