package dev.odyssey.cancellation;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How one attempt is told to stop in the middle of its work.
 *
 * <p>Thread-safe. The first reason stays; nothing takes a stop back.
 */
public final class Cancellation {
  private static final Logger LOG = LoggerFactory.getLogger(Cancellation.class);

  /** Why an attempt stops before its end. */
  public enum Reason {
    /** Its lease is over or somebody else's: whatever it does, it may change nothing. */
    LEASE_LOST("its lease is lost"),
    /** Somebody cancelled the run. */
    CANCELLED("the run is cancelled"),
    /** The runner ends and gives the job back. */
    SHUTDOWN("the runner shuts down");

    private final String text;

    Reason(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  private final Set<Runnable> handles = new LinkedHashSet<>();
  private Reason reason;

  /**
   * Registers what makes the work under way stop, such as the end of a child process or the abort
   * of a request; to be closed when that work is done. Runs at once where the attempt is stopped
   * already. It is called from another thread, at most once, and must return soon.
   */
  public Registration onStop(Runnable handle) {
    Runnable once = () -> run(handle); // a fresh object: the same handle may be given twice
    synchronized (this) {
      if (reason == null) {
        handles.add(once);
        return () -> remove(once);
      }
    }
    once.run();
    return () -> {};
  }

  /** Tells the attempt to stop; only the first call does anything. */
  public void stop(Reason why) {
    List<Runnable> waiting;
    synchronized (this) {
      if (reason != null) {
        return;
      }
      reason = why;
      waiting = List.copyOf(handles);
      handles.clear();
    }
    waiting.forEach(Runnable::run);
  }

  /** Why the attempt must stop; empty while it may go on. */
  public synchronized Optional<Reason> reason() {
    return Optional.ofNullable(reason);
  }

  /**
   * To be called between pieces of work.
   *
   * @throws Stopped when the attempt must not go on
   */
  public void check() {
    reason()
        .ifPresent(
            why -> {
              throw new Stopped(why);
            });
  }

  private synchronized void remove(Runnable handle) {
    handles.remove(handle);
  }

  private static void run(Runnable handle) {
    try {
      handle.run();
    } catch (RuntimeException e) {
      LOG.warn("Work that must stop could not be told so: {}", e.toString());
    }
  }

  /** Work that can be stopped; closing it says that the work is done. Repeatable. */
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }
}
