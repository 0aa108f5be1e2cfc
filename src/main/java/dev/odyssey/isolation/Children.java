package dev.odyssey.isolation;

import static java.util.Comparator.comparing;

import dev.odyssey.transform.TransformRequest;
import dev.odyssey.transform.TransformSettings;
import dev.odyssey.work.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The children of this runner: one waits for the next job, warm or on its way there; no more than
 * there are places live at once. Thread-safe.
 */
final class Children implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Children.class);
  private static final int MAX_DOUBLINGS = 6;

  private final Path home;
  private final IsolationSettings settings;
  private final TransformSettings transform;
  private final List<Child> idle = new ArrayList<>(); // guarded by this, as are the next six
  private final Set<Child> living = new HashSet<>();
  private int starting;
  private boolean spareIsPlanned;
  private int sparesLost; // since the last job that a child did well
  private boolean closed;
  private ChildCommand command; // made by the first start

  /**
   * @param home for the children's own directories; removed when closed
   */
  Children(Path home, IsolationSettings settings, TransformSettings transform) {
    this.home = home;
    this.settings = settings;
    this.transform = transform;
  }

  /**
   * A warm child, if there is one then one that has done a job in the same room, else one that is
   * starting already, else a new one.
   *
   * @throws IOException when none can be started
   */
  Child takeFor(TransformRequest request) throws IOException, InterruptedException {
    Optional<Child> waiting = idleOrPlace(request);
    Child child = waiting.isPresent() ? waiting.get() : start(false);
    warmUp();
    return child;
  }

  /** Takes a child back that is well; it may do more jobs. */
  void giveBack(Child child) {
    child.rest();
    if (!keep(child)) {
      end(child);
    }
  }

  /** Ends a child for good, whatever it does; its successor is warmed up. */
  void end(Child child) {
    child.kill();
    try {
      Folders.delete(child.directory());
    } catch (IOException e) {
      LOG.warn("{} could not be removed: {}", child.directory(), e.toString());
    }
    synchronized (this) {
      living.remove(child);
      notifyAll();
    }
    warmUp();
  }

  /** Ends all of them, also those that have a job. */
  @Override
  public void close() throws IOException {
    Set<Child> all;
    synchronized (this) {
      closed = true;
      notifyAll();
      awaitStarts();
      all = Set.copyOf(living);
      idle.clear();
    }
    all.forEach(this::end);
    Folders.delete(home);
  }

  /** Sees to it that one waits for the next job; returns at once. */
  synchronized void warmUp() {
    if (!closed && !spareIsPlanned) {
      spareIsPlanned = true;
      CompletableFuture.delayedExecutor(delay(sparesLost).toSeconds(), TimeUnit.SECONDS)
          .execute(this::startSpare);
    }
  }

  /**
   * How long the next spare is waited with: nothing, then a second, doubled to about a minute, so
   * that where they all die at once the system is not busy with that alone.
   */
  static Duration delay(int sparesLost) {
    return sparesLost == 0
        ? Duration.ZERO
        : Duration.ofSeconds(1L << Math.min(sparesLost - 1, MAX_DOUBLINGS));
  }

  /** An idle child; empty where the caller may start one, which counts as starting then. */
  private synchronized Optional<Child> idleOrPlace(TransformRequest request)
      throws IOException, InterruptedException {
    Comparator<Child> best = comparing(Child::isReady).thenComparing(c -> c.knows(request));
    while (!closed) {
      Optional<Child> child = idle.stream().filter(Child::isAlive).max(best);
      if (child.isPresent()) {
        idle.remove(child.get());
        return child;
      }
      if (living.size() + starting < settings.places()) {
        starting++;
        return child;
      }
      wait();
    }
    throw new IOException("the runner is stopping");
  }

  private synchronized boolean keep(Child child) {
    sparesLost = 0;
    boolean wanted = idle.size() < settings.spares() && child.jobs() < settings.jobsPerProcess();
    if (closed || !wanted || !child.isAlive()) {
      return false;
    }
    idle.add(child);
    notifyAll();
    return true;
  }

  private void startSpare() {
    try {
      if (mayStartSpare()) {
        start(true);
      }
    } catch (IOException e) {
      LOG.warn("No transform process could be started: {}", e.toString()); // a job will say so
      synchronized (this) {
        sparesLost++;
      }
      warmUp();
    }
  }

  private synchronized boolean mayStartSpare() {
    spareIsPlanned = false;
    boolean wanted = idle.isEmpty() && living.size() + starting < settings.places();
    if (closed || !wanted) {
      return false;
    }
    starting++;
    return true;
  }

  /** The caller has counted it as starting. A spare one waits at once: a job may be in a hurry. */
  private Child start(boolean spare) throws IOException {
    Child started = null;
    try {
      Path directory = home.resolve("child-" + UUID.randomUUID());
      started = Child.start(command(), Files.createDirectories(directory));
    } finally {
      synchronized (this) {
        starting--;
        if (started != null) {
          living.add(started);
        }
        if (started != null && spare) {
          idle.add(started);
        }
        notifyAll();
      }
    }
    Child child = started;
    child.onExit(() -> exited(child));
    return child;
  }

  /** One that had a job is ended by who gave it. */
  private void exited(Child child) {
    synchronized (this) {
      if (!idle.remove(child)) {
        return;
      }
      sparesLost++;
    }
    LOG.warn("Transform process {} died while it waited for a job", child.pid());
    end(child);
  }

  private void awaitStarts() {
    try {
      while (starting > 0) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized ChildCommand command() throws IOException {
    if (command == null) {
      Path engine = home.resolve("engine");
      Folders.delete(engine); // what a first try left
      command = new ChildCommand(Files.createDirectories(engine), settings, transform);
    }
    return command;
  }
}
