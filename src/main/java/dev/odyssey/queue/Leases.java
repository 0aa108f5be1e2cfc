package dev.odyssey.queue;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The leases that this runner holds. Thread-safe; the database alone decides who owns a lease. */
public final class Leases {
  private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

  private final Duration visibilityTimeout;
  private final Set<UUID> held = ConcurrentHashMap.newKeySet();

  public Leases(QueueSettings settings) {
    this.visibilityTimeout = settings.visibilityTimeout();
  }

  /** Renewal falls due each third of the visibility timeout, in milliseconds. */
  public long renewalMillis() {
    return visibilityTimeout.toMillis() / 3;
  }

  /** From now on the lease is renewed. */
  public void hold(Attempt attempt) {
    held.add(attempt.token());
  }

  /** The lease is renewed no more; repeatable, also for an attempt that was never granted. */
  public void drop(Attempt attempt) {
    if (attempt != null && attempt.token() != null) {
      held.remove(attempt.token());
    }
  }

  /** The held tokens as a PostgreSQL array literal; empty text when none is held. */
  public String tokens() {
    return held.isEmpty()
        ? ""
        : held.stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
  }

  /**
   * Forgets each lease that the database says is not ours any more: its attempt can change nothing.
   *
   * @param rows what {@code odyssey.renew_leases} answered: {@code token, held, cancel}
   */
  public void renewed(List<Map<String, Object>> rows) {
    for (Map<String, Object> row : rows) {
      var token = (UUID) row.get("token");
      if (!Boolean.TRUE.equals(row.get("held")) && held.remove(token)) {
        LOG.warn("Lease {} is lost: its attempt took too long and will change nothing", token);
      }
    }
  }
}
