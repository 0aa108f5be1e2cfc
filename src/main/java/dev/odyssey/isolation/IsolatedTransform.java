package dev.odyssey.isolation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.odyssey.failure.Failure;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.failure.TransientFailure;
import dev.odyssey.isolation.Message.Task;
import dev.odyssey.transform.TransformRequest;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.TransformSettings;
import dev.odyssey.transform.Transformer;
import dev.odyssey.transform.engine.ProgressMeter;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/**
 * Carries out each transform in a child process. Whatever becomes of the child, by its own fault or
 * the file's, this process goes on, and the job's failure says how the child ended. Thread-safe.
 */
public final class IsolatedTransform implements Transformer, AutoCloseable {
  private static final Duration START_PATIENCE = Duration.ofMinutes(2);

  private final TransformSettings transform;
  private final IsolationSettings settings;
  private final Children children;

  /**
   * @param home an own directory, removed when this is closed
   */
  public IsolatedTransform(Path home, IsolationSettings settings, TransformSettings transform) {
    this.settings = settings;
    this.transform = transform;
    this.children = new Children(home, settings, transform);
  }

  /** Starts a child for the first job to come, in the background. */
  public void warmUp() {
    children.warmUp();
  }

  @Override
  public TransformResult run(TransformRequest request, ProgressMeter progress) {
    try {
      for (int tries = 0; tries < settings.spares() + 1; tries++) {
        Child child = children.takeFor(request);
        Optional<Message> end = work(child, request, progress);
        if (end.isPresent()) {
          return conclude(child, end.get(), request);
        }
        children.end(child); // it died while it waited, which is not the job's fault
      }
      throw new IOException("no transform process takes a task");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientFailure(
          "The transform was interrupted", "It begins again with the next attempt.");
    } catch (IOException e) {
      throw new TransientFailure(
          "The transform could not be started: " + e.getMessage(),
          "Look at the runner's log, its memory and the disk under WORK_DIR.",
          null,
          e);
    }
  }

  @Override
  public void close() throws IOException {
    children.close();
  }

  /** A result or a failure; empty where the child does not take the task. */
  private Optional<Message> work(Child child, TransformRequest request, ProgressMeter progress)
      throws InterruptedException {
    try {
      var watch = new Watch(child, request, progress, settings);
      Duration patience = child.isReady() ? settings.silenceLimit() : START_PATIENCE;
      child.give(new Task(request, transform));
      return watch.awaitBeginning(patience) ? Optional.of(watch.awaitEnd()) : Optional.empty();
    } catch (Throwable t) {
      children.end(child);
      throw t;
    }
  }

  private TransformResult conclude(Child child, Message end, TransformRequest request) {
    if (end.type() == Message.Type.RESULT) {
      TransformResult result;
      try {
        result = Results.within(request.directory(), end.result());
      } catch (IOException | RuntimeException e) {
        children.end(child);
        throw died("The transform process answers what cannot be: " + e.getMessage());
      }
      children.giveBack(child);
      return result;
    }
    Failure failure = end.failure();
    if (failure != null && !failure.temporary()) {
      children.giveBack(child); // the fault is the file's or the definition's
      throw new PermanentFailure(failure.message(), failure.advice(), failure.details(), null);
    }
    children.end(child);
    throw failure == null
        ? died("The transform process failed without a reason")
        : new TransientFailure(failure.message(), failure.advice(), failure.details(), null);
  }

  /** The kind by which retry_run knows that the next such end of this run is its last. */
  static TransientFailure died(String how) {
    return new TransientFailure(
        how,
        "It is tried once more; if it dies again, look into the source file, or give transforms"
            + " more memory, disk or time (DUCKDB_MEMORY_LIMIT, TRANSFORM_*), then redrive.",
        JsonNodeFactory.instance.objectNode().put("kind", "transform-died"),
        null);
  }
}
