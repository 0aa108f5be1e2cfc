package dev.odyssey.health;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows whether the runner is ready, without ever waiting for the answer.
 *
 * <p>Each probe is asked in the background on a thread of its own, so that one that hangs delays no
 * other; a look only reads the last answers. An answer that is overdue counts as missing.
 * Thread-safe.
 */
public final class Readiness implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Map<String, Probe> probes;
  private final Duration interval;
  private final Clock clock;
  private final Map<String, Answer> answers = new ConcurrentHashMap<>();
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final ScheduledExecutorService threads;

  private record Answer(List<String> missing, Instant at) {}

  public Readiness(Map<String, Probe> probes, Duration interval, Clock clock) {
    this.probes = new TreeMap<>(probes);
    this.interval = interval;
    this.clock = clock;
    this.threads =
        Executors.newScheduledThreadPool(
            probes.size(),
            task -> {
              var thread = new Thread(task, "readiness");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Begins to ask, at once and then at every interval. */
  public void start() {
    probes.forEach(
        (name, probe) -> {
          var unused = // ask() answers for its own failures
              threads.scheduleWithFixedDelay(
                  () -> ask(name, probe), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
        });
  }

  public Iterable<String> names() {
    return probes.keySet();
  }

  /** What is missing for this name, as last heard; empty when all is well. */
  public List<String> missing(String name) {
    if (stopping.get()) {
      return List.of("the runner is shutting down");
    }
    if (!started.get()) {
      return List.of("the runner is starting");
    }
    Answer answer = answers.get(name);
    if (answer == null) {
      return List.of(name + " has not answered yet");
    }
    Duration age = Duration.between(answer.at(), clock.instant());
    if (age.compareTo(interval.plus(PATIENCE)) > 0) {
      return List.of(
          "%s has not answered for %d seconds: check it and the network"
              .formatted(name, age.toSeconds()));
    }
    return answer.missing();
  }

  /** From now on the runner may be ready: it claims jobs. */
  public void started() {
    started.set(true);
  }

  /** Whether it ever was so far. */
  public boolean hasStarted() {
    return started.get();
  }

  /** From now on the runner is not ready. */
  public void stopping() {
    stopping.set(true);
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  private void ask(String name, Probe probe) {
    List<String> missing;
    try {
      missing = probe.missing();
    } catch (Exception e) {
      missing = List.of("%s does not answer: %s".formatted(name, rootMessage(e)));
    }
    Answer before = answers.put(name, new Answer(missing, clock.instant()));
    if (before == null ? !missing.isEmpty() : !before.missing().equals(missing)) {
      if (missing.isEmpty()) {
        LOG.info("Ready again: {}", name);
      } else {
        LOG.warn("Not ready: {}", String.join("; ", missing));
      }
    }
  }

  private static String rootMessage(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }
}
