package dev.odyssey.health;

import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheckRegistry;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** One of {@link Readiness}'s answers as a Camel health check. Never a liveness check. */
public final class ReadinessCheck extends AbstractHealthCheck {
  private final Readiness readiness;

  private ReadinessCheck(Readiness readiness, String name) {
    super("odyssey", name);
    this.readiness = readiness;
  }

  /** Adds a check for each name that readiness knows. */
  public static void register(CamelContext context, Readiness readiness) {
    HealthCheckRegistry registry = HealthCheckRegistry.get(context);
    for (String name : readiness.names()) {
      registry.register(new ReadinessCheck(readiness, name));
    }
  }

  @Override
  public boolean isLiveness() {
    return false;
  }

  @Override
  protected void doCall(HealthCheckResultBuilder builder, Map<String, Object> options) {
    List<String> missing = readiness.missing(getId());
    if (missing.isEmpty()) {
      builder.up();
    } else {
      builder.message(String.join("; ", missing)).down();
    }
  }
}
