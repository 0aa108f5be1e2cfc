package dev.odyssey.metrics;

import dev.odyssey.health.Readiness;
import dev.odyssey.queue.Leases;
import dev.odyssey.queue.Places;
import dev.odyssey.steps.StepListener;
import dev.odyssey.work.Progress;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.ToDoubleFunction;
import org.apache.camel.CamelContext;

/**
 * All that is counted and timed, in one registry for all Camel contexts of a runner;
 * docs/metrics.md lists it. No label has values that grow with streams, runs or tenants.
 * Thread-safe.
 */
public final class Metrics implements AutoCloseable {
  private static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";
  private static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final StepMetrics steps = new StepMetrics(registry);
  private final EngineMetrics engines = new EngineMetrics(registry);
  private final RouteMetrics routes = new RouteMetrics(registry);
  private final JvmGcMetrics collections = new JvmGcMetrics();

  /**
   * @param workDir whose disk is measured
   */
  public Metrics(QueueMetrics queue, Path workDir) {
    queue.register(registry);
    disk(
        "odyssey.work.disk.free",
        "Free space of the disk under WORK_DIR",
        workDir,
        f -> f.toFile().getUsableSpace());
    disk(
        "odyssey.work.disk.size",
        "Size of the disk under WORK_DIR",
        workDir,
        f -> f.toFile().getTotalSpace());
    collections.bindTo(registry);
    for (var binder :
        List.of(
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ClassLoaderMetrics(),
            new ProcessorMetrics(),
            new FileDescriptorMetrics(),
            new UptimeMetrics())) {
      binder.bindTo(registry);
    }
  }

  /** Tells these numbers, too. */
  public void watch(Leases leases, Places places, Readiness readiness) {
    renewals("renewed", leases, Leases::renewals);
    renewals("lost", leases, Leases::losses);
    renewals("failed", leases, Leases::failedRenewals);
    Gauge.builder("odyssey.places", places, Places::total)
        .description("How many jobs this runner takes at once")
        .register(registry);
    Gauge.builder("odyssey.places.taken", places, Places::underWay)
        .description("How many jobs this runner has")
        .register(registry);
    for (String dependency : readiness.names()) {
      Gauge.builder("odyssey.ready", () -> readiness.missing(dependency).isEmpty() ? 1 : 0)
          .description("1 where nothing is missing of what the runner needs, else 0")
          .tag("dependency", dependency)
          .register(registry);
    }
  }

  /** Times the routes of a Camel context that has none yet. */
  public void watch(CamelContext context) {
    routes.watch(context);
  }

  /** Who hears of every step. */
  public List<StepListener> listeners() {
    return List.of(steps, engines);
  }

  /** Where the attempt with this token stands. */
  public void progress(UUID token, Progress progress) {
    engines.progress(token, progress);
  }

  /**
   * @param port of the management server
   */
  public MetricsPage page(int port) {
    return new MetricsPage(port, this);
  }

  @Override
  public void close() {
    collections.close();
    registry.close();
  }

  /** What to answer to who accepts this. */
  static String format(String accepted) {
    return accepted != null && accepted.contains("application/openmetrics-text")
        ? OPEN_METRICS
        : TEXT;
  }

  /** Everything as it is now. */
  String text(String format) {
    return registry.scrape(format);
  }

  private void disk(String name, String description, Path workDir, ToDoubleFunction<Path> bytes) {
    Gauge.builder(name, workDir, bytes)
        .description(description)
        .baseUnit("bytes")
        .strongReference(true)
        .register(registry);
  }

  private void renewals(String result, Leases leases, ToDoubleFunction<Leases> count) {
    FunctionCounter.builder("odyssey.lease.renewals", leases, count)
        .description("Leases that were asked to be extended, by what came of it")
        .tag("result", result)
        .register(registry);
  }
}
