package dev.odyssey;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.zaxxer.hikari.HikariDataSource;
import dev.odyssey.cancellation.Cancellations;
import dev.odyssey.console.Console;
import dev.odyssey.console.ConsoleData;
import dev.odyssey.console.ConsolePages;
import dev.odyssey.console.ConsoleSettings;
import dev.odyssey.database.DatabaseSettings;
import dev.odyssey.database.Outages;
import dev.odyssey.failure.Failures;
import dev.odyssey.health.BucketProbe;
import dev.odyssey.health.DatabaseProbe;
import dev.odyssey.health.HealthSettings;
import dev.odyssey.health.Readiness;
import dev.odyssey.housekeeping.Housekeeping;
import dev.odyssey.housekeeping.HousekeepingSettings;
import dev.odyssey.isolation.IsolatedTransform;
import dev.odyssey.isolation.IsolationSettings;
import dev.odyssey.lineage.JobLineage;
import dev.odyssey.lineage.LineageSettings;
import dev.odyssey.metrics.Metrics;
import dev.odyssey.metrics.MetricsSettings;
import dev.odyssey.metrics.QueueMetrics;
import dev.odyssey.publish.PreviousSnapshots;
import dev.odyssey.publish.PublishSettings;
import dev.odyssey.publish.Snapshots;
import dev.odyssey.publish.Storage;
import dev.odyssey.publish.StoredObjects;
import dev.odyssey.publish.Uploads;
import dev.odyssey.queue.Jobs;
import dev.odyssey.queue.Leases;
import dev.odyssey.queue.Places;
import dev.odyssey.queue.QueueSettings;
import dev.odyssey.queue.RetryDelay;
import dev.odyssey.queue.Shutdown;
import dev.odyssey.queue.Wakeups;
import dev.odyssey.settings.InvalidSettings;
import dev.odyssey.settings.Settings;
import dev.odyssey.source.Downloads;
import dev.odyssey.source.LastSources;
import dev.odyssey.source.Prefixes;
import dev.odyssey.source.SourceSettings;
import dev.odyssey.source.Sources;
import dev.odyssey.steps.StepEvents;
import dev.odyssey.steps.StepListener;
import dev.odyssey.steps.StepLog;
import dev.odyssey.steps.StepReports;
import dev.odyssey.traces.JobTraces;
import dev.odyssey.traces.TracesSettings;
import dev.odyssey.transform.DefinitionCheck;
import dev.odyssey.transform.ParquetPreview;
import dev.odyssey.transform.Transform;
import dev.odyssey.transform.TransformSettings;
import dev.odyssey.work.Progress;
import dev.odyssey.work.Requests;
import dev.odyssey.work.Workspaces;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import java.util.function.Function;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * The one place that wires beans: settings in, the beans that the routes name out.
 *
 * <p>Made once for a process and shared by all its Camel contexts; closes what it made.
 */
public final class Beans implements AutoCloseable {
  /** The name that this set itself is bound by. */
  public static final String NAME = "beans";

  private final Map<String, Object> byName = new LinkedHashMap<>();
  private final HikariDataSource dataSource;
  private final HikariDataSource leaseDataSource;
  private final S3Client s3Client;
  private final Workspaces workspaces;
  private final IsolatedTransform children; // null where transforms run in this process
  private final Shutdown shutdown;
  private final Wakeups wakeups;
  private final Readiness readiness;
  private final List<StepListener> listeners = new ArrayList<>();
  private final StepEvents steps;
  private final Optional<Metrics> metrics;
  private final HealthSettings health;
  private final Optional<ConsolePages> console;

  /**
   * @param values gives the raw value of a setting, or null
   * @throws InvalidSettings naming every wrong setting
   */
  public Beans(Function<String, String> values) {
    Settings settings = new Settings(values);
    var queue = QueueSettings.from(settings);
    var database = DatabaseSettings.from(settings);
    var source = SourceSettings.from(settings);
    var publish = PublishSettings.from(settings);
    var transform = TransformSettings.from(settings);
    var isolation = IsolationSettings.from(settings);
    var housekeeping = HousekeepingSettings.from(settings);
    this.health = HealthSettings.from(settings);
    var consoleSettings = ConsoleSettings.from(settings);
    var metricsSettings = MetricsSettings.from(settings);
    var tracesSettings = TracesSettings.from(settings);
    var lineageSettings = LineageSettings.from(settings);
    Path workDir = RunnerSettings.from(settings).workDir();
    settings.verify();

    ObjectMapper json = json();
    var cancellations = new Cancellations();
    var requests = new Requests(cancellations);
    // the slowest to make by far: the others are made meanwhile
    var client = CompletableFuture.supplyAsync(() -> Storage.client(publish, requests::begin));
    this.dataSource = database.open();
    this.leaseDataSource = database.openForLeases(queue.visibilityTimeout());
    var leases = new Leases(runnerName(), queue, cancellations, Clock.systemUTC());
    this.workspaces = new Workspaces(workDir);
    this.children =
        isolation.process()
            ? new IsolatedTransform(workspaces.own("children"), isolation, transform)
            : null;
    var places = new Places(queue);
    this.shutdown = new Shutdown(places, leases, leaseDataSource);
    this.wakeups = new Wakeups(database, Clock.systemUTC());
    this.s3Client = client.join();
    this.readiness =
        new Readiness(
            Map.of(
                "database", new DatabaseProbe(dataSource),
                "bucket", new BucketProbe(s3Client, publish.bucket())),
            health.readinessInterval(),
            Clock.systemUTC());
    var queueMetrics = new QueueMetrics(metricsSettings.enabled(), json, Clock.systemUTC());
    this.metrics =
        metricsSettings.enabled()
            ? Optional.of(new Metrics(queueMetrics, workDir))
            : Optional.empty();
    metrics.ifPresent(all -> all.watch(leases, places, readiness));
    BiConsumer<UUID, Progress> watcher =
        (token, progress) -> {
          leases.reports().progress(token, json.valueToTree(progress));
          metrics.ifPresent(all -> all.progress(token, progress));
        };
    var failures = new Failures(settings.secrets());
    listeners.addAll(List.of(new StepLog(failures), new StepReports(leases.reports())));
    metrics.ifPresent(all -> listeners.addAll(all.listeners()));
    var stored = new StoredObjects(s3Client, publish.bucket());
    this.console =
        consoleSettings.enabled()
            ? Optional.of(
                new Console(
                        health.port(),
                        consoleSettings,
                        new ConsoleData(dataSource, () -> readiness.missing("database")),
                        stored,
                        new ParquetPreview(workDir.resolve("previews"), transform),
                        new DefinitionCheck(workDir.resolve("previews"), transform))
                    .pages())
            : Optional.empty();
    byName.put(NAME, this);
    byName.put("json", json);
    byName.put("dataSource", dataSource);
    byName.put("s3Client", Storage.forRoutes(s3Client));
    byName.put("workspaces", workspaces);
    byName.put("cancellations", cancellations);
    byName.put("requests", requests);
    byName.put("places", places);
    byName.put("leaseDataSource", leaseDataSource);
    byName.put("leases", leases);
    byName.put("reports", leases.reports());
    byName.put("outages", new Outages(Clock.systemUTC()));
    byName.put("wakeups", wakeups);
    byName.put("jobs", new Jobs());
    LastSources lastSources = new LastSources(json, rules(transform), stored::holds);
    byName.put("lastSources", lastSources);
    byName.put("previousSnapshots", new PreviousSnapshots());
    var sources = new Sources(source, lastSources);
    var downloads = new Downloads(source, json, cancellations, watcher);
    byName.put("sources", sources);
    if (tracesSettings.enabled()) {
      listeners.add(new JobTraces(tracesSettings, leases.runner()));
    }
    if (lineageSettings.enabled()) {
      listeners.add(new JobLineage(lineageSettings, source, publish, sources));
    }
    this.steps = new StepEvents(cancellations, Clock.systemUTC(), listeners);
    byName.put("downloads", downloads);
    byName.put("prefixes", new Prefixes(sources, downloads, source, json));
    byName.put(
        "transforms",
        new Transforms(
            children == null ? new Transform(transform) : children,
            cancellations,
            watcher,
            Clock.systemUTC()));
    byName.put("snapshots", new Snapshots(lastSources));
    byName.put("uploads", new Uploads(cancellations, watcher));
    byName.put(
        "housekeeping", new Housekeeping(s3Client, publish.bucket(), dataSource, housekeeping));
    byName.put("failures", failures);
    byName.put("retryDelay", new RetryDelay(queue));
    byName.put("queueMetrics", queueMetrics);
  }

  /** Every bean, by the name that the routes call it by. */
  public Map<String, Object> byName() {
    return byName;
  }

  public Shutdown shutdown() {
    return shutdown;
  }

  /** Sees the steps of jobs in each Camel context that it watches. */
  public StepEvents steps() {
    return steps;
  }

  /** What is counted and timed, where it is wanted. */
  public Optional<Metrics> metrics() {
    return metrics;
  }

  public Readiness readiness() {
    return readiness;
  }

  public HealthSettings health() {
    return health;
  }

  /** From now on jobs are claimed: the runner may be ready, and gets a transform process ready. */
  public void started() {
    readiness.started();
    if (children != null) {
      children.warmUp(); // not before: it would take the cores that the start needs
    }
  }

  /** The web page, where it is wanted. */
  public Optional<ConsolePages> console() {
    return console;
  }

  @Override
  public void close() throws IOException {
    readiness.close();
    for (StepListener listener : listeners) {
      if (listener instanceof Closeable closeable) {
        closeable.close();
      }
    }
    wakeups.close();
    if (readiness.hasStarted()) {
      shutdown.end();
    }
    s3Client.close();
    dataSource.close();
    leaseDataSource.close();
    if (children != null) {
      children.close();
    }
    metrics.ifPresent(Metrics::close);
    workspaces.close();
  }

  /** The host's name, for people, and what makes it this process. */
  private static String runnerName() {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "runner";
    }
    return host + "-" + UUID.randomUUID().toString().substring(0, 8);
  }

  /** A source is read again by every new release, and when what its rows are hashed by changes. */
  private static String rules(TransformSettings transform) {
    return Beans.class.getPackage().getImplementationVersion() + " " + transform.refHash();
  }

  private static ObjectMapper json() {
    return JsonMapper.builder()
        .addModule(new JavaTimeModule())
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
        .build();
  }
}
