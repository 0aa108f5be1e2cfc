package dev.odyssey.routes;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Route;
import org.apache.camel.component.direct.DirectEndpoint;
import org.apache.camel.main.Main;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.model.errorhandler.DeadLetterChannelDefinition;

/**
 * One reading of the route files, as a Camel context of its own.
 *
 * <p>A job that a generation began ends in it, however often the files are edited meanwhile. Not
 * thread-safe: used by {@link LiveRoutes} alone.
 */
final class Generation {
  /** The routes that take jobs from the queue, in the order in which they stop. */
  private static final List<String> CLAIMING = List.of("wake-up", "poll-queue", "claim-jobs");

  private static final String JOB = "process-job";

  /** The runner has waited for jobs before a generation stops. */
  private static final String STOP_SECONDS = "3";

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
                "camel.main.routesIncludePattern",
                files.includePattern(),
                "camel.main.autoStartup",
                "false",
                "camel.main.shutdownTimeout",
                STOP_SECONDS,
                "camel.management.enabled",
                "false"), // the runner's own context answers probes
            beans);
    try {
      main.start();
      for (String id : CLAIMING) {
        require(id);
      }
      require("renew-leases"); // else a job that takes longer than its lease never ends
      require(JOB);
      requireDeadLetters();
      requireAllCalled();
      BeanCalls.requireThere(files.read(), context());
    } catch (Exception e) {
      main.shutdown();
      throw e;
    }
  }

  private void require(String id) {
    if (context().getRoute(id) == null) {
      throw new IllegalArgumentException("no route has the id " + id);
    }
  }

  /** Else a job that fails neither ends nor says why. */
  private void requireDeadLetters() {
    var job = ((ModelCamelContext) context()).getRouteDefinition(JOB);
    if (!(job.getErrorHandlerFactory() instanceof DeadLetterChannelDefinition)) {
      throw new IllegalArgumentException(
          "no routeConfiguration has a deadLetterChannel for the route " + JOB);
    }
  }

  /** Camel itself would notice at the first job that gets there, and fail it. */
  private void requireAllCalled() {
    Set<String> there =
        context().getRoutes().stream()
            .map(route -> route.getEndpoint().getEndpointBaseUri())
            .collect(Collectors.toSet());
    for (Endpoint called : context().getEndpoints()) {
      String uri = called.getEndpointBaseUri();
      if (called instanceof DirectEndpoint && !there.contains(uri)) {
        throw new IllegalArgumentException("no route begins with " + uri.replace("://", ":"));
      }
    }
  }

  /** Starts every route. */
  void begin() throws Exception {
    context().getRouteController().startAllRoutes();
  }

  /** Claims no more; what is under way goes on, leases are renewed still. */
  void stopClaiming() throws Exception {
    for (String id : CLAIMING) {
      context().getRouteController().stopRoute(id);
    }
  }

  /** Claims again, after {@link #stopClaiming()}. */
  void claimAgain() throws Exception {
    for (String id : CLAIMING) {
      context().getRouteController().startRoute(id);
    }
  }

  /** Whether no job is under way in it. */
  boolean isIdle() {
    return context().getRoutes().stream()
        .map(Route::getRouteId)
        .filter(id -> !CLAIMING.contains(id))
        .allMatch(id -> context().getInflightRepository().size(id) == 0);
  }

  /** Stops; jobs still under way have seconds to end. */
  void stop() {
    main.shutdown();
  }

  private CamelContext context() {
    return main.getCamelContext();
  }
}
