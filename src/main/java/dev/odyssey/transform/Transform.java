package dev.odyssey.transform;

import dev.odyssey.failure.TransientFailure;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Turns a source file into a stream's snapshot: the heart of the runner.
 *
 * <p>Writes only into the request's directory and may be repeated there. Thread-safe: every run has
 * its own engine.
 */
public final class Transform {
  private final TransformSettings settings;

  public Transform(TransformSettings settings) {
    this.settings = settings;
  }

  /**
   * Throws {@link dev.odyssey.failure.PermanentFailure} where the file or the definition is at
   * fault, {@link TransientFailure} where memory, disk or the engine is.
   */
  public TransformResult run(TransformRequest request) {
    StreamDefinition stream = DefinitionParser.parse(request.definition());
    try {
      Path directory = request.directory().toRealPath();
      SourceFile file =
          new SourceInspector(stream, directory, settings.maxSourceBytes())
              .inspect(request.sourceFile().toRealPath());
      return new TransformJob(request, directory, stream, settings).run(file);
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
