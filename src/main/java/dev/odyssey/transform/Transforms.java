package dev.odyssey.transform;

import dev.odyssey.queue.Attempt;
import dev.odyssey.source.SourceFile;
import java.nio.file.Path;
import java.time.Clock;

/** Runs an attempt's transform. Repeatable: files are written anew. Thread-safe. */
public final class Transforms {
  private final Transformer transformer;
  private final Clock clock;

  public Transforms(Transformer transformer, Clock clock) {
    this.transformer = transformer;
    this.clock = clock;
  }

  public TransformResult run(Attempt attempt, SourceFile source, Path workspace) {
    return transformer.run(
        new TransformRequest(
            attempt.runId(),
            attempt.streamId(),
            attempt.definition(),
            source.path(),
            null,
            workspace,
            clock.instant()),
        new ProgressMeter());
  }
}
