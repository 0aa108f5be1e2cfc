package dev.odyssey;

import dev.odyssey.health.HealthSettings;
import dev.odyssey.routes.Contexts;
import dev.odyssey.routes.LiveRoutes;
import dev.odyssey.settings.Settings;
import java.io.IOException;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.main.Main;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service: beans, management server and live routes, from start to stop.
 *
 * <p>The management server has a Camel context of its own, so that probes are answered while routes
 * are replaced and while a shutdown waits for jobs.
 */
public final class Runner {
  private static final Logger LOG = LoggerFactory.getLogger(Runner.class);

  private final Beans beans;
  private final Main management;
  private final LiveRoutes routes;
  private final Duration shutdownTimeout;

  private Runner(Beans beans, Main management, LiveRoutes routes, Duration shutdownTimeout) {
    this.beans = beans;
    this.management = management;
    this.routes = routes;
    this.shutdownTimeout = shutdownTimeout;
  }

  /**
   * Starts the service and returns when it polls.
   *
   * @param values every property, by name, as {@link Settings#load} gives them
   * @throws dev.odyssey.settings.InvalidSettings naming every wrong setting; a port that is taken
   *     is one, and so is a folder without routes
   * @throws Exception when the routes are wrong
   */
  public static Runner start(Map<String, String> values) throws Exception {
    var settings = new Settings(values::get);
    var own = RunnerSettings.from(settings);
    var beans = new Beans(values::get);
    var files = own.routes(settings);
    requireFreePort(settings, beans.health());
    settings.verify();
    var runner =
        new Runner(
            beans,
            Contexts.create(values, Map.of(), beans.byName()),
            new LiveRoutes(files, values, beans.byName()),
            own.shutdownTimeout());
    try {
      beans.readiness().start();
      var managed = CompletableFuture.runAsync(runner.management::start); // both take a second
      runner.routes.start(own.lookInterval());
      managed.join();
      beans.started();
      LOG.info(
          "Started: {} jobs at once{}",
          values.get("MAX_CONCURRENT_JOBS"),
          beans.health().enabled() ? ", management port " + beans.health().port() : "");
    } catch (Exception e) {
      runner.stop();
      throw e;
    }
    return runner;
  }

  /** The management server would go on without its port, and say so in a log of many lines. */
  private static void requireFreePort(Settings settings, HealthSettings health) {
    if (health.enabled()) {
      try {
        new ServerSocket(health.port()).close();
      } catch (IOException e) {
        settings.problem("HEALTH_CHECK_PORT", "is %d: %s".formatted(health.port(), e.getMessage()));
      }
    }
  }

  /**
   * Claims no more, gives back what has not begun, lets jobs under way end within the shutdown
   * timeout, then interrupts them and gives them back too, and stops.
   */
  public void stop() throws Exception {
    beans.readiness().stopping();
    beans.shutdown().begin();
    routes.stopClaiming();
    beans.shutdown().finish(shutdownTimeout);
    routes.stop();
    management.shutdown();
    beans.close();
  }
}
