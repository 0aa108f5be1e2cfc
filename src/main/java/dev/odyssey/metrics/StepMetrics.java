package dev.odyssey.metrics;

import com.fasterxml.jackson.databind.JsonNode;
import dev.odyssey.failure.Reason;
import dev.odyssey.source.SourceFile;
import dev.odyssey.steps.Ending;
import dev.odyssey.steps.StepEnd;
import dev.odyssey.steps.StepListener;
import dev.odyssey.transform.TransformResult;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.List;

/**
 * Counts steps, attempts, rows and bytes. What can be counted at all is there from the start, at
 * zero, so that the first failure is an increase. Thread-safe.
 */
final class StepMetrics implements StepListener {
  private static final Duration[] BUCKETS =
      List.of(10, 50, 100, 500, 1_000, 5_000, 15_000, 60_000, 300_000, 1_800_000, 7_200_000)
          .stream()
          .map(Duration::ofMillis)
          .toArray(Duration[]::new);
  private static final String NONE = "none";

  private final MeterRegistry registry;

  StepMetrics(MeterRegistry registry) {
    this.registry = registry;
    for (Ending.Kind kind : Ending.Kind.values()) {
      attempts(kind, NONE);
    }
    for (Ending.Kind kind : List.of(Ending.Kind.RETRYING, Ending.Kind.DEAD_LETTERED)) {
      for (Reason reason : Reason.values()) {
        attempts(kind, StepEnd.word(reason));
      }
    }
    rows(0, 0, 0, 0, 0);
    bytes("downloaded", 0);
    bytes("published", 0);
    badValues(0);
  }

  @Override
  public void ended(StepEnd step) {
    timer("odyssey.step.duration", "How long steps of jobs took")
        .tags("step", step.name(), "outcome", StepEnd.word(step.outcome()))
        .register(registry)
        .record(step.took());
    if (step.left() instanceof SourceFile file) {
      bytes("downloaded", file.bytes());
    } else if (step.left() instanceof TransformResult result) {
      transformed(result);
    } else if (step.left() instanceof List<?> uploads) {
      bytes("published", StepEnd.uploadedBytes(uploads));
    }
    if (step.ending() != null) {
      ended(step.ending());
    }
  }

  private void ended(Ending ending) {
    boolean failed = ending.failure() != null;
    attempts(ending.kind(), failed ? StepEnd.word(Reason.of(ending.thrown())) : NONE).increment();
    timer("odyssey.attempt.duration", "How long attempts took")
        .tags("ending", StepEnd.word(ending.kind()))
        .register(registry)
        .record(ending.took());
  }

  private Counter attempts(Ending.Kind kind, String reason) {
    return counter("odyssey.attempts", "Attempts that ended, by how, and by the class of failure")
        .tags("ending", StepEnd.word(kind), "reason", reason)
        .register(registry);
  }

  private void transformed(TransformResult result) {
    rows(
        result.inserted(),
        result.updated(),
        result.deleted(),
        result.unchanged(),
        result.rejected());
    if (result.details() != null) {
      for (JsonNode column : result.details().path("badValues")) {
        badValues(column.path("count").asLong());
      }
    }
  }

  private void rows(long inserted, long updated, long deleted, long unchanged, long rejected) {
    rows("inserted", inserted);
    rows("updated", updated);
    rows("deleted", deleted);
    rows("unchanged", unchanged);
    rows("rejected", rejected);
  }

  private void rows(String change, long rows) {
    counter("odyssey.rows", "Rows of the transforms that ended, by what became of them")
        .tag("change", change)
        .register(registry)
        .increment((double) rows);
  }

  private void bytes(String direction, long bytes) {
    counter("odyssey.transferred.bytes", "Source files in, snapshots, changes and rejects out")
        .tag("direction", direction)
        .register(registry)
        .increment((double) bytes);
  }

  private void badValues(long values) {
    counter("odyssey.bad.values", "Values that did not fit their column's type")
        .register(registry)
        .increment((double) values);
  }

  private static Counter.Builder counter(String name, String description) {
    return Counter.builder(name).description(description);
  }

  private static Timer.Builder timer(String name, String description) {
    return Timer.builder(name).description(description).serviceLevelObjectives(BUCKETS);
  }
}
