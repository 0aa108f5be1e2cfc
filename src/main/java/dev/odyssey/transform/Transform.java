package dev.odyssey.transform;

import dev.odyssey.failure.TransientFailure;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Turns a source file into a stream's snapshot, in this process: the heart of the runner.
 *
 * <p>Writes only into the request's directory and may be repeated there. Thread-safe: every run has
 * its own engine.
 */
public final class Transform implements Transformer {
  private final TransformSettings settings;

  public Transform(TransformSettings settings) {
    this.settings = settings;
  }

  /** As {@link Transformer#run}, where nobody watches. */
  public TransformResult run(TransformRequest request) {
    return run(request, new ProgressMeter());
  }

  @Override
  public TransformResult run(TransformRequest request, ProgressMeter progress) {
    progress.step("inspecting the source file");
    StreamDefinition stream = DefinitionParser.parse(request.definition());
    try {
      Path directory = request.directory().toRealPath();
      return new TransformJob(request, directory, stream, settings, progress)
          .run(new SourceInspector(stream, directory, settings.maxSourceBytes(), progress));
    } catch (IOException e) {
      throw new TransientFailure(
          "Stream %s: reading the source file failed: %s"
              .formatted(Names.shown(stream.name()), e.getMessage()),
          "Look at the work directory's disk; the job is tried again.",
          null,
          e);
    }
  }
}
