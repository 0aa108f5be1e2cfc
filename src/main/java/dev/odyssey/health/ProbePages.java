package dev.odyssey.health;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Handler;
import io.vertx.ext.web.RoutingContext;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;

/**
 * Answers {@code /health}, {@code /healthz} (liveness), {@code /ready} and {@code /readyz}
 * (readiness) on Camel's management server, from Camel's health checks.
 *
 * <p>200 when up, else 503; the JSON names each check, its status and what is missing. Answers do
 * not wait for the database or the bucket: the checks only read what was last heard.
 */
public final class ProbePages implements StartupListener {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ALL = "full"; // Camel's exposure level: checks that are up, too

  private final int port;

  public ProbePages(int port) {
    this.port = port;
  }

  @Override
  public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
    var router =
        VertxPlatformHttpRouter.lookup(
            context, VertxPlatformHttpRouter.getRouterNameFromPort(port));
    for (String path : List.of("/health", "/healthz")) {
      router.get(path).handler(page(() -> HealthCheckHelper.invokeLiveness(context, ALL)));
    }
    for (String path : List.of("/ready", "/readyz")) {
      router.get(path).handler(page(() -> HealthCheckHelper.invokeReadiness(context, ALL)));
    }
  }

  private interface Checks {
    Collection<HealthCheck.Result> ask();
  }

  private static Handler<RoutingContext> page(Checks checks) {
    return request -> {
      Collection<HealthCheck.Result> results = checks.ask();
      boolean up = results.stream().allMatch(result -> result.getState() == HealthCheck.State.UP);
      request
          .response()
          .setStatusCode(up ? 200 : 503)
          .putHeader("Content-Type", "application/json")
          .end(json(up, results).toString());
    };
  }

  private static ObjectNode json(boolean up, Collection<HealthCheck.Result> results) {
    ObjectNode root = JSON.createObjectNode().put("status", up ? "UP" : "DOWN");
    ArrayNode checks = root.putArray("checks");
    results.stream()
        .sorted(Comparator.comparing(result -> result.getCheck().getId()))
        .forEach(
            result -> {
              ObjectNode check =
                  checks
                      .addObject()
                      .put("name", result.getCheck().getId())
                      .put("status", result.getState().name());
              result.getMessage().ifPresent(message -> check.put("message", message));
            });
    return root;
  }
}
