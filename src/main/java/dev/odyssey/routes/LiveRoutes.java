package dev.odyssey.routes;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The route files, running; an edit of them takes effect while jobs go on.
 *
 * <p>Camel's own reload stops a route before it reads the new one: it waits for jobs under way,
 * then cuts them, and a broken edit leaves nothing running. Here an edit becomes a {@link
 * Generation} beside the running one. Only when it could be made do claims move over to it; jobs
 * under way end where they began. A broken edit is logged, and the routes before it go on.
 */
public final class LiveRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(LiveRoutes.class);

  private final RouteFiles files;
  private final Map<String, String> settings;
  private final Map<String, Object> beans;
  private final ScheduledExecutorService watcher =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var thread = new Thread(task, "routes");
            thread.setDaemon(true);
            return thread;
          });
  private final List<Generation> retiring = new ArrayList<>();
  private Generation current;
  private Map<String, String> loaded;
  private Map<String, String> lastSeen;

  /**
   * @param settings every property, by name
   * @param beans what the routes call, by name
   */
  public LiveRoutes(RouteFiles files, Map<String, String> settings, Map<String, Object> beans) {
    this.files = files;
    this.settings = settings;
    this.beans = beans;
  }

  /**
   * Starts the routes as the files are now, then looks for edits.
   *
   * @param lookInterval how often; zero for never
   * @throws Exception when the files cannot be read or hold a wrong route
   */
  public synchronized void start(Duration lookInterval) throws Exception {
    loaded = files.read();
    lastSeen = loaded;
    current = new Generation(files, settings, beans);
    current.begin();
    if (!lookInterval.isZero()) {
      long millis = lookInterval.toMillis();
      var unused = // look() answers for its own failures
          watcher.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
    }
  }

  /** Claims no more; jobs under way go on. */
  public synchronized void stopClaiming() throws Exception {
    watcher.shutdownNow();
    if (current != null) {
      current.stopClaiming();
      retiring.add(current);
      current = null;
    }
  }

  /** Stops, after {@link #stopClaiming()}; jobs still under way have seconds to end. */
  public synchronized void stop() {
    retiring.forEach(Generation::stop);
    retiring.clear();
  }

  private synchronized void look() {
    try {
      retiring.removeIf(LiveRoutes::stopIfIdle);
      Map<String, String> seen = files.read();
      boolean settled = seen.equals(lastSeen); // not in the middle of being written
      lastSeen = seen;
      if (settled && !seen.equals(loaded)) {
        loaded = seen;
        replace();
      }
    } catch (IOException e) {
      LOG.warn("Route files cannot be read, the routes go on as they are: {}", e.toString());
    } catch (Exception e) {
      LOG.error("The edited routes are refused, the ones before go on: {}", reasons(e));
    }
  }

  private void replace() throws Exception {
    var next = new Generation(files, settings, beans);
    current.stopClaiming();
    try {
      next.begin();
    } catch (Exception e) {
      next.stop();
      current.claimAgain();
      throw e;
    }
    retiring.add(current);
    current = next;
    LOG.info("The edited routes are in effect; jobs under way end on the ones before");
  }

  private static boolean stopIfIdle(Generation generation) {
    if (!generation.isIdle()) {
      return false;
    }
    generation.stop();
    return true;
  }

  private static String reasons(Throwable thrown) {
    var text = new StringBuilder();
    for (Throwable t = thrown; t != null && t != t.getCause(); t = t.getCause()) {
      String message = String.valueOf(t.getMessage());
      if (text.indexOf(message) < 0) {
        text.append(text.isEmpty() ? "" : ": ").append(message);
      }
    }
    return text.toString();
  }
}
