package dev.odyssey.cancellation;

import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The attempts under way in this runner, by token, as things that can be told to stop.
 *
 * <p>Thread-safe.
 */
public final class Cancellations {
  private final Map<UUID, Cancellation> underWay = new ConcurrentHashMap<>();

  /** The attempt's own; the same one until the attempt has {@linkplain #forget ended}. */
  public Cancellation of(UUID token) {
    return underWay.computeIfAbsent(token, t -> new Cancellation());
  }

  /** Tells one attempt to stop; nothing happens where it has ended. */
  public void stop(UUID token, Cancellation.Reason reason) {
    Cancellation cancellation = underWay.get(token);
    if (cancellation != null) {
      cancellation.stop(reason);
    }
  }

  /** The attempt has ended; repeatable. */
  public void forget(UUID token) {
    underWay.remove(token);
  }
}
