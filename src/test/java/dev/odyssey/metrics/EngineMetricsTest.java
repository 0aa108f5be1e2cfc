package dev.odyssey.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.queue.Job;
import dev.odyssey.steps.StepEnd;
import dev.odyssey.steps.StepEnd.Outcome;
import dev.odyssey.work.Progress;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class EngineMetricsTest {
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final EngineMetrics engines = new EngineMetrics(registry);

  @Test
  void whatAllTransformsTakeIsAddedUpUntilTheyEnd() {
    Job one = job();
    engines.progress(one.token(), new Progress("reading", 0, 0, 0, 100, 7));
    engines.progress(job().token(), new Progress("reading", 0, 0, 0, 20, 1));
    engines.progress(one.token(), new Progress("reading", 0, 0, 0, 300, 8));
    assertThat(gauge("odyssey.duckdb.memory")).isEqualTo(320);
    assertThat(gauge("odyssey.duckdb.spilled")).isEqualTo(9);

    engines.ended(
        new StepEnd(
            "transform-source",
            one,
            null,
            Instant.EPOCH,
            Duration.ZERO,
            Outcome.COMPLETED,
            null,
            null));

    assertThat(gauge("odyssey.duckdb.memory")).isEqualTo(20);
  }

  private double gauge(String name) {
    return registry.get(name).gauge().value();
  }

  private static Job job() {
    UUID id = UUID.randomUUID();
    return new Job(id, 1, id, id, id, "manual", "stream", Instant.EPOCH);
  }
}
