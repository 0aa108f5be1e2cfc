package dev.odyssey.transform;

import dev.odyssey.failure.TransientFailure;
import dev.odyssey.transform.definition.DefinitionParser;
import dev.odyssey.transform.definition.StreamDefinition;
import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.Engines;
import dev.odyssey.transform.engine.KeptEngine;
import dev.odyssey.transform.engine.ProgressMeter;
import dev.odyssey.transform.source.SourceInspector;
import dev.odyssey.transform.text.Names;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Turns a source file into a stream's snapshot, in this process: the heart of the runner.
 *
 * <p>Writes only into the request's directory and may be repeated there. Thread-safe where every
 * run has its own engine.
 */
public final class Transform implements Transformer {
  private final TransformSettings settings;
  private final Engines engines;

  public Transform(TransformSettings settings) {
    this(settings, (directory, own, bytes, meter) -> Engine.open(directory, own, meter));
  }

  /**
   * @param engines such as {@link KeptEngine}, which takes one job at a time
   */
  public Transform(TransformSettings settings, Engines engines) {
    this.settings = settings;
    this.engines = engines;
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
      return new TransformJob(request, directory, stream, settings, engines, progress)
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
