package dev.odyssey.routes;

import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.main.Main;

/**
 * One reading of the route files, as a Camel context of its own.
 *
 * <p>A job that a generation began ends in it, however often the files are edited meanwhile. Not
 * thread-safe: used by {@link LiveRoutes} alone.
 */
final class Generation {
  private static final String CLAIM_ROUTE = "claim-jobs";

  private final Main main;

  /**
   * Reads the route files and makes the routes, but starts none.
   *
   * @throws Exception saying what is wrong in which file
   */
  Generation(RouteFiles files, Map<String, String> settings, Map<String, Object> beans)
      throws Exception {
    this.main =
        Contexts.create(
            settings,
            Map.of(
                "camel.main.routesIncludePattern", files.includePattern(),
                "camel.main.autoStartup", "false",
                "camel.management.enabled", "false"), // the runner's own context answers probes
            beans);
    try {
      main.start();
      if (context().getRoute(CLAIM_ROUTE) == null) {
        throw new IllegalArgumentException("no route has the id " + CLAIM_ROUTE);
      }
    } catch (Exception e) {
      main.shutdown();
      throw e;
    }
  }

  /** Starts every route. */
  void begin() throws Exception {
    context().getRouteController().startAllRoutes();
  }

  /** Claims no more; what is under way goes on, leases are renewed still. */
  void stopClaiming() throws Exception {
    context().getRouteController().stopRoute(CLAIM_ROUTE);
  }

  /** Claims again, after {@link #stopClaiming()}. */
  void claimAgain() throws Exception {
    context().getRouteController().startRoute(CLAIM_ROUTE);
  }

  /** Whether no job is under way in it. */
  boolean isIdle() {
    return context().getRoutes().stream()
        .map(Route::getRouteId)
        .filter(id -> !id.equals(CLAIM_ROUTE))
        .allMatch(id -> context().getInflightRepository().size(id) == 0);
  }

  /** Stops; jobs still under way have the shutdown timeout to end. */
  void stop() {
    main.shutdown();
  }

  private CamelContext context() {
    return main.getCamelContext();
  }
}
