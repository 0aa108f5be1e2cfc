package dev.odyssey.metrics;

import dev.odyssey.steps.StepEnd;
import dev.odyssey.steps.StepListener;
import dev.odyssey.work.Progress;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.ToLongFunction;

/**
 * What the engines of the transforms under way take, as they last told with their progress.
 * Thread-safe.
 */
final class EngineMetrics implements StepListener {
  private final Map<UUID, Progress> underWay = new ConcurrentHashMap<>();

  EngineMetrics(MeterRegistry registry) {
    gauge(registry, "odyssey.duckdb.memory", "Memory that DuckDB holds", Progress::memoryBytes);
    gauge(
        registry, "odyssey.duckdb.spilled", "What DuckDB spilled to disk", Progress::spilledBytes);
  }

  /** Where the attempt with this token stands. */
  void progress(UUID token, Progress progress) {
    underWay.put(token, progress);
  }

  /** What a step held is free when it is over. */
  @Override
  public void ended(StepEnd step) {
    underWay.remove(step.job().token());
  }

  private void gauge(
      MeterRegistry registry, String name, String description, ToLongFunction<Progress> part) {
    Gauge.builder(name, () -> underWay.values().stream().mapToLong(part).sum())
        .description(description + ", of all transforms under way")
        .baseUnit("bytes")
        .register(registry);
  }
}
