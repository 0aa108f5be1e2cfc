package dev.odyssey.queue;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The places of this runner: as many jobs as may be under way at once.
 *
 * <p>Thread-safe. Claims come from one thread, releases from many, so that {@link #free()} can only
 * grow between a look and the claim that follows it.
 */
public final class Places {
  private final int places;
  private final int batchSize;
  private final Set<UUID> taken = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean moreWaiting = new AtomicBoolean();
  private final Instant openSince = Instant.now();
  private volatile boolean closed;

  public Places(QueueSettings settings) {
    this.places = settings.maxConcurrentJobs();
    this.batchSize = settings.batchSize();
  }

  /** How many jobs to claim now: free places, at most a batch; 0 after {@link #close()}. */
  public int free() {
    return closed ? 0 : Math.max(0, Math.min(batchSize, places - taken.size()));
  }

  /** Remembers whether a claim came back full: then the queue probably holds more. */
  public void claimed(int asked, int got) {
    moreWaiting.set(got >= asked);
  }

  /** Whether to claim again at once instead of at the next poll. */
  public boolean claimAgain() {
    return moreWaiting.get() && free() > 0;
  }

  /** Gives the job a place; repeatable. */
  public void take(Job job) {
    taken.add(job.token());
  }

  /** Frees the job's place; repeatable. */
  public void release(Job job) {
    taken.remove(job.token());
  }

  /** How many jobs this runner takes at once. */
  public int total() {
    return places;
  }

  /** When they were opened, as text that PostgreSQL reads. */
  public String openSince() {
    return openSince.toString();
  }

  public int underWay() {
    return taken.size();
  }

  /** From now on nothing more is claimed. */
  public void close() {
    closed = true;
  }
}
