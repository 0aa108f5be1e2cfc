package dev.odyssey.transform;

import dev.odyssey.transform.engine.ProgressMeter;

/** Who carries out a transform: this process, or a child that may die alone. Thread-safe. */
public interface Transformer {

  /**
   * Runs to the end; repeatable.
   *
   * @param progress is kept up to date at least once a second, and stops the transform
   * @throws dev.odyssey.failure.PermanentFailure where the file or the definition is at fault
   * @throws dev.odyssey.failure.TransientFailure where memory, disk or the engine is
   */
  TransformResult run(TransformRequest request, ProgressMeter progress);
}
