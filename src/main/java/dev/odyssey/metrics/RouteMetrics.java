package dev.odyssey.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.spi.RoutePolicy;
import org.apache.camel.support.RoutePolicySupport;

/**
 * Times every Camel route. Thread-safe.
 *
 * <p>Not camel-micrometer's policy: that takes a route's meters away when its context stops, also
 * from the context that an edit of the route files put in its place.
 */
final class RouteMetrics {
  private static final String BEGAN = "odyssey.route.began.";

  private final MeterRegistry registry;

  RouteMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void watch(CamelContext context) {
    context.addRoutePolicyFactory((owner, routeId, route) -> policy(routeId));
  }

  private RoutePolicy policy(String routeId) {
    Timer completed = timer(routeId, "completed");
    Timer failed = timer(routeId, "failed");
    String began = BEGAN + routeId;
    return new RoutePolicySupport() {
      @Override
      public void onExchangeBegin(Route route, Exchange exchange) {
        exchange.setProperty(began, Timer.start(registry));
      }

      @Override
      public void onExchangeDone(Route route, Exchange exchange) {
        if (exchange.removeProperty(began) instanceof Timer.Sample sample) {
          boolean handled = exchange.getExchangeExtension().isFailureHandled();
          sample.stop(exchange.isFailed() || handled ? failed : completed);
        }
      }
    };
  }

  private Timer timer(String routeId, String outcome) {
    return Timer.builder("odyssey.route.duration")
        .description("How long exchanges took in each Camel route, what it calls included")
        .tags("route", routeId, "outcome", outcome)
        .register(registry);
  }
}
