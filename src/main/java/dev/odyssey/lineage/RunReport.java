package dev.odyssey.lineage;

import dev.odyssey.failure.Failure;
import dev.odyssey.queue.Attempt;
import dev.odyssey.source.SourceFile;
import dev.odyssey.transform.TransformResult;
import io.openlineage.client.OpenLineage.RunEvent.EventType;
import java.time.Instant;

/**
 * What is known of a run when an event tells of it. Immutable.
 *
 * @param source null where none was downloaded yet
 * @param result null where none was transformed
 * @param failure null where there is none
 */
record RunReport(
    EventType type,
    Instant at,
    Attempt attempt,
    SourceFile source,
    TransformResult result,
    Failure failure) {

  /** Whether there is a snapshot that the run published. */
  boolean published() {
    return type == EventType.COMPLETE && result != null;
  }
}
