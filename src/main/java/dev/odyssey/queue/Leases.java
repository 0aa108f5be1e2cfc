package dev.odyssey.queue;

import dev.odyssey.cancellation.Cancellation.Reason;
import dev.odyssey.cancellation.Cancellations;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The leases that this runner holds, from the claim to the end of the job, and who tells an attempt
 * to stop when its lease is over, its run cancelled or the runner at its end.
 *
 * <p>Thread-safe. The database alone decides who owns a lease; here a lease is over no later than
 * there.
 */
public final class Leases {
  private static final Logger LOG = LoggerFactory.getLogger(Leases.class);

  /** Progress is shown to people, and a cancelled run stops within one renewal. */
  private static final Duration LONGEST_RENEWAL = Duration.ofSeconds(2);

  /**
   * How soon an attempt stops whose lease is not ours any more: an answer may come while the
   * attempt has just been recorded as over, which ends its lease, and is not yet dropped here.
   */
  private static final Duration GRACE = Duration.ofSeconds(1);

  private final String runner;
  private final Duration visibilityTimeout;
  private final Cancellations cancellations;
  private final Clock clock;
  private final Map<UUID, Lease> held = new ConcurrentHashMap<>();
  private final Reports reports;
  private final LongAdder renewals = new LongAdder();
  private final LongAdder losses = new LongAdder();
  private final LongAdder failedRenewals = new LongAdder();
  private boolean closing;

  private static final class Lease {
    private final Job job;
    private volatile Instant end;
    private volatile boolean begun;

    private Lease(Job job, Instant end) {
      this.job = job;
      this.end = end;
    }
  }

  /**
   * @param runner names this process in the database: unlike any before it
   */
  public Leases(String runner, QueueSettings settings, Cancellations cancellations, Clock clock) {
    this.runner = runner;
    this.visibilityTimeout = settings.visibilityTimeout();
    this.cancellations = cancellations;
    this.clock = clock;
    this.reports = new Reports(clock);
  }

  /** What the attempts have to tell; travels with the renewals. */
  public Reports reports() {
    return reports;
  }

  /** What this process is called in the database. */
  public String runner() {
    return runner;
  }

  /** How often to renew, in milliseconds: each third of the visibility timeout, or oftener. */
  public long renewalMillis() {
    return Math.min(visibilityTimeout.toMillis() / 3, LONGEST_RENEWAL.toMillis());
  }

  /** When a lease that is asked for now begins, at the latest. */
  public Instant now() {
    return clock.instant();
  }

  /**
   * From now on the lease is renewed.
   *
   * @param asked when the claim was sent
   */
  public synchronized void hold(Instant asked, Job job) {
    reports.open(job.token());
    held.put(job.token(), new Lease(job, asked.plus(visibilityTimeout)));
    if (closing) {
      cancellations.of(job.token()).stop(Reason.SHUTDOWN);
    }
  }

  /**
   * The job's attempt begins.
   *
   * @throws dev.odyssey.cancellation.Stopped when it is to be given back instead
   */
  public synchronized void begin(Job job) {
    cancellations.of(job.token()).check();
    Lease lease = held.get(job.token());
    if (lease != null) {
      lease.begun = true;
    }
  }

  /**
   * To be called before a step that others would see.
   *
   * @throws dev.odyssey.cancellation.Stopped when the lease is over, or the attempt was told to
   *     stop
   */
  public void check(Job job) {
    Lease lease = held.get(job.token());
    if (lease != null && !clock.instant().isBefore(lease.end)) {
      lose(lease);
    }
    cancellations.of(job.token()).check();
  }

  /** Whether the lease is not over yet, as far as this runner knows. */
  public boolean holds(Job job) {
    Lease lease = job == null ? null : held.get(job.token());
    return lease != null && clock.instant().isBefore(lease.end) && !stopped(job);
  }

  /** Whether the attempt was told to stop. */
  public boolean stopped(Job job) {
    return job != null && cancellations.of(job.token()).reason().isPresent();
  }

  /** The lease is renewed no more; repeatable. */
  public synchronized void drop(Job job) {
    held.remove(job.token());
    reports.close(job.token());
    cancellations.forget(job.token());
    notifyAll();
  }

  /** The held tokens as a PostgreSQL array literal. */
  public String tokens() {
    return held.keySet().stream().map(UUID::toString).collect(Collectors.joining(",", "{", "}"));
  }

  public boolean isEmpty() {
    return held.isEmpty();
  }

  /**
   * Takes the answer to a renewal: what is cancelled must stop, and soon what is ours no more.
   *
   * @param asked when the renewal was sent
   * @param rows what {@code odyssey.renew_leases} answered: {@code token, held, cancel}
   */
  public void renewed(Instant asked, List<Map<String, Object>> rows) {
    for (Map<String, Object> row : rows) {
      var token = (UUID) row.get("token");
      Lease lease = held.get(token);
      if (lease == null) {
        continue; // it ended meanwhile
      }
      if (!Boolean.TRUE.equals(row.get("held"))) {
        Instant soon = clock.instant().plus(GRACE);
        lease.end = lease.end.isBefore(soon) ? lease.end : soon;
      } else {
        lease.end = asked.plus(visibilityTimeout);
        renewals.increment();
      }
      if (Boolean.TRUE.equals(row.get("cancel"))) {
        cancellations.of(token).stop(Reason.CANCELLED);
      }
    }
  }

  /** No answer came to a renewal of all leases that are held. */
  public void notRenewed() {
    failedRenewals.add(held.size());
  }

  /** How often a lease was extended since the start. */
  public long renewals() {
    return renewals.sum();
  }

  /** How many leases were over before their jobs were. */
  public long losses() {
    return losses.sum();
  }

  /** How often a lease could not be extended, but perhaps the next time. */
  public long failedRenewals() {
    return failedRenewals.sum();
  }

  /** Stops each attempt whose lease could not be renewed in time. */
  public void stopOverdue() {
    Instant now = clock.instant();
    held.values().stream().filter(lease -> !now.isBefore(lease.end)).forEach(this::lose);
  }

  /** Jobs that have not begun are given back, and so is what a claim under way may still bring. */
  public synchronized void stopWaiting() {
    closing = true;
    held.forEach(
        (token, lease) -> {
          if (!lease.begun) {
            cancellations.of(token).stop(Reason.SHUTDOWN);
          }
        });
  }

  /** Every attempt stops, and its job is given back. */
  public void stopAll() {
    held.keySet().forEach(token -> cancellations.of(token).stop(Reason.SHUTDOWN));
  }

  /**
   * Waits until no lease is held.
   *
   * @return how many still are at the end of the timeout
   */
  public synchronized int awaitNone(Duration timeout) throws InterruptedException {
    long end = System.nanoTime() + timeout.toNanos();
    while (!held.isEmpty()) {
      long millis = Duration.ofNanos(end - System.nanoTime()).toMillis();
      if (millis <= 0) {
        break;
      }
      wait(millis);
    }
    return held.size();
  }

  private void lose(Lease lease) {
    if (!stopped(lease.job)) {
      JobContext.during(
          lease.job, () -> LOG.warn("The lease is over, so the attempt stops and changes nothing"));
      losses.increment();
      cancellations.of(lease.job.token()).stop(Reason.LEASE_LOST);
    }
  }
}
