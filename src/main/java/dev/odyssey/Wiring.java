package dev.odyssey;

import dev.odyssey.health.ProbePages;
import dev.odyssey.health.ReadinessCheck;
import dev.odyssey.settings.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.function.Function;
import org.apache.camel.CamelConfiguration;
import org.apache.camel.CamelContext;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * Gives a Camel context its beans, and the probes to the one that has the management server.
 *
 * <p>Named in application.properties, so that camel-main and {@code camel run} call it alike. The
 * runner shares one set of beans among its contexts; where none is bound, as in {@code camel run},
 * the context gets its own and closes them when it stops.
 */
public final class Wiring implements CamelConfiguration {

  @Override
  public void configure(CamelContext context) throws Exception {
    Beans beans = context.getRegistry().lookupByNameAndType(Beans.NAME, Beans.class);
    if (beans == null) {
      beans = ownBeans(context);
    }
    beans.steps().watch(context);
    beans.metrics().ifPresent(metrics -> metrics.watch(context));
    if (Boolean.parseBoolean(context.resolvePropertyPlaceholders("{{camel.management.enabled}}"))) {
      ReadinessCheck.register(context, beans.readiness());
      context.addStartupListener(new ProbePages(beans.health().port()));
      int port = beans.health().port();
      if (beans.metrics().isPresent()) {
        context.addStartupListener(beans.metrics().get().page(port));
      }
      if (beans.console().isPresent()) {
        context.addStartupListener(beans.console().get());
      }
    }
  }

  private static Beans ownBeans(CamelContext context) {
    var properties = context.getPropertiesComponent();
    Function<String, String> values = name -> properties.resolveProperty(name).orElse(null);
    Beans beans = new Beans(values);
    Duration timeout = RunnerSettings.from(new Settings(values)).shutdownTimeout();
    beans.byName().forEach(context.getRegistry()::bind);
    beans.readiness().start();
    context.addLifecycleStrategy(
        new LifecycleStrategySupport() {
          @Override
          public void onContextStarted(CamelContext started) {
            beans.started();
          }

          @Override
          public void onContextStopping(CamelContext stopping) {
            beans.readiness().stopping();
            beans.shutdown().begin();
            try {
              beans.shutdown().finish(timeout); // before Camel stops the routes that give back
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }

          @Override
          public void onContextStopped(CamelContext stopped) {
            try {
              beans.close();
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        });
    return beans;
  }
}
