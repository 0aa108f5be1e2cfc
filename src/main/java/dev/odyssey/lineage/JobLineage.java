package dev.odyssey.lineage;

import dev.odyssey.publish.PublishSettings;
import dev.odyssey.source.SourceFile;
import dev.odyssey.source.SourceSettings;
import dev.odyssey.source.Sources;
import dev.odyssey.steps.Ending;
import dev.odyssey.steps.StepEnd;
import dev.odyssey.steps.StepListener;
import dev.odyssey.transform.TransformResult;
import io.openlineage.client.OpenLineage.RunEvent;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import java.io.Closeable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells the beginning and the end of each run in OpenLineage's words: of the run, not of its
 * attempts, so that one that is tried again ends once. No job waits for it. Thread-safe.
 */
public final class JobLineage implements StepListener, Closeable {
  private final RunEvents events;
  private final List<Outbox> outboxes = new ArrayList<>();
  private final Map<UUID, Left> underWay = new ConcurrentHashMap<>();

  /** What an attempt has left so far. */
  private record Left(SourceFile source, TransformResult result) {}

  public JobLineage(
      LineageSettings settings, SourceSettings source, PublishSettings publish, Sources sources) {
    this.events =
        new RunEvents(settings.namespace(), source.supabaseUrl(), publish.bucket(), sources);
    settings
        .url()
        .ifPresent(url -> outboxes.add(new Outbox(new HttpBackend(url, settings.apiKey()))));
    settings.file().ifPresent(file -> outboxes.add(new Outbox(new FileBackend(file))));
  }

  /** An attempt that was not granted is none of a run's. */
  @Override
  public void ended(StepEnd step) {
    if (step.attempt() == null) {
      return;
    }
    UUID token = step.job().token();
    Left left = underWay.getOrDefault(token, new Left(null, null));
    if (step.left() instanceof SourceFile source) {
      left = new Left(source, null);
      underWay.put(token, left);
    } else if (step.left() instanceof TransformResult result) {
      left = new Left(left.source(), result);
      underWay.put(token, left);
    }
    if (step.ending() != null) {
      underWay.remove(token);
    }
    EventType type = type(step);
    if (type != null) {
      tell(type, step, left);
    }
  }

  private void tell(EventType type, StepEnd step, Left left) {
    Instant at = type == EventType.START ? step.began() : step.began().plus(step.took());
    RunEvent event =
        events.of(
            new RunReport(
                type,
                at,
                step.attempt(),
                left.source(),
                left.result(),
                type == EventType.FAIL ? step.ending().failure() : null));
    outboxes.forEach(outbox -> outbox.send(event));
  }

  /** Null where the step neither begins nor ends a run. */
  private static EventType type(StepEnd step) {
    if (step.name().equals("begin-attempt") && step.ending() == null) {
      return step.attempt().number() == 1 ? EventType.START : null;
    }
    Ending ending = step.ending();
    return ending == null
        ? null
        : switch (ending.kind()) {
          case COMPLETED -> EventType.COMPLETE;
          case DEAD_LETTERED -> EventType.FAIL;
          case CANCELLED -> EventType.ABORT;
          case RETRYING, INTERRUPTED, LOST, REFUSED, UNSETTLED -> null;
        };
  }

  /** Sends what is left, for a short while. */
  @Override
  public void close() {
    outboxes.forEach(Outbox::close);
  }
}
