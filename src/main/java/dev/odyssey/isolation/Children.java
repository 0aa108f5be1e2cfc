package dev.odyssey.isolation;

import dev.odyssey.transform.TransformSettings;
import dev.odyssey.work.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The children of this runner: one waits, warm, for the next job; no more than there are places
 * live at once. Thread-safe.
 */
final class Children implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Children.class);
  private static final Duration START_PATIENCE = Duration.ofMinutes(2);

  private final Path home;
  private final IsolationSettings settings;
  private final TransformSettings transform;
  private final ExecutorService warming = Executors.newSingleThreadExecutor(Children::daemon);
  private final Deque<Child> idle = new ArrayDeque<>(); // guarded by this, as are the next three
  private final Set<Child> living = new HashSet<>();
  private int starting;
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
   * A warm child, else a new one.
   *
   * @throws IOException when none can be started
   */
  Child take() throws IOException, InterruptedException {
    Child warm = idleOrPlace();
    warmUp();
    return warm != null ? warm : start();
  }

  /** Takes a child back that did its job well; it may do more. */
  void giveBack(Child child) {
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
    warming.shutdownNow();
    Set<Child> all;
    synchronized (this) {
      closed = true;
      all = Set.copyOf(living);
      idle.clear();
      notifyAll();
    }
    all.forEach(this::end);
    Folders.delete(home);
  }

  /** An idle child; null where the caller may start one. Waits for one that is starting already. */
  private synchronized Child idleOrPlace() throws IOException, InterruptedException {
    while (!closed) {
      for (Child child = idle.poll(); child != null; child = idle.poll()) {
        if (child.isAlive()) {
          return child;
        }
        living.remove(child);
      }
      if (living.size() + starting < settings.places()) {
        starting++;
        return null;
      }
      wait();
    }
    throw new IOException("the runner is stopping");
  }

  private synchronized boolean keep(Child child) {
    boolean wanted = idle.size() < settings.spares() && child.jobs() < settings.jobsPerProcess();
    if (closed || !wanted || !child.isAlive()) {
      return false;
    }
    idle.push(child);
    notifyAll();
    return true;
  }

  /** Sees to it that one waits for the next job; returns at once. */
  synchronized void warmUp() {
    if (!closed) {
      warming.execute(this::startSpares);
    }
  }

  private void startSpares() {
    try {
      while (mayStartSpare()) {
        giveBack(start());
      }
    } catch (IOException e) {
      LOG.warn("No transform process could be started: {}", e.toString()); // a job will say so
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean mayStartSpare() {
    boolean wanted = idle.isEmpty() && living.size() + starting < settings.places();
    if (closed || !wanted) {
      return false;
    }
    starting++;
    return true;
  }

  /** The caller has counted it as starting. */
  private Child start() throws IOException, InterruptedException {
    Child child = null;
    try {
      Path directory = home.resolve("child-" + UUID.randomUUID());
      child = Child.start(command(), Files.createDirectories(directory));
    } finally {
      synchronized (this) {
        starting--;
        if (child != null) {
          living.add(child);
        }
        notifyAll();
      }
    }
    boolean ready = false;
    try {
      ready = child.says(Message.Type.READY, START_PATIENCE) && !isClosed();
    } finally {
      if (!ready) {
        end(child);
      }
    }
    if (!ready) {
      throw new IOException("a transform process did not become ready");
    }
    return child;
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized ChildCommand command() throws IOException {
    if (command == null) {
      Path engine = home.resolve("engine");
      Folders.delete(engine); // what a first try left
      command = new ChildCommand(Files.createDirectories(engine), settings, transform);
    }
    return command;
  }

  private static Thread daemon(Runnable work) {
    var thread = new Thread(work, "warm-children");
    thread.setDaemon(true);
    return thread;
  }
}
