package dev.odyssey.metrics;

import io.vertx.ext.web.RoutingContext;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpRouter;

/**
 * Answers {@code /metrics} on Camel's management server, in the text formats of Prometheus and
 * OpenMetrics, to whoever may ask for probes. Nothing in it waits for the database or the bucket.
 */
public final class MetricsPage implements StartupListener {
  private final int port;
  private final Metrics metrics;

  MetricsPage(int port, Metrics metrics) {
    this.port = port;
    this.metrics = metrics;
  }

  @Override
  public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
    VertxPlatformHttpRouter.lookup(context, VertxPlatformHttpRouter.getRouterNameFromPort(port))
        .get("/metrics")
        .handler(this::answer);
  }

  private void answer(RoutingContext request) {
    String format = Metrics.format(request.request().getHeader("Accept"));
    request
        .vertx()
        .executeBlocking(() -> metrics.text(format), false)
        .onSuccess(text -> request.response().putHeader("Content-Type", format).end(text))
        .onFailure(request::fail);
  }
}
