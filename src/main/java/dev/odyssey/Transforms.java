package dev.odyssey;

import dev.odyssey.cancellation.Cancellation;
import dev.odyssey.cancellation.Cancellations;
import dev.odyssey.publish.PreviousSnapshots;
import dev.odyssey.queue.Attempt;
import dev.odyssey.source.SourceFile;
import dev.odyssey.transform.TransformRequest;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.Transformer;
import dev.odyssey.transform.engine.ProgressMeter;
import dev.odyssey.work.Progress;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Timer;
import java.util.TimerTask;
import java.util.UUID;
import java.util.function.BiConsumer;

/** Runs an attempt's transform. Repeatable: files are written anew. Thread-safe. */
public final class Transforms {
  private static final int TELL_MILLIS = 1000;

  private final Transformer transformer;
  private final Cancellations cancellations;
  private final BiConsumer<UUID, Progress> watcher;
  private final Clock clock;
  private final Timer timer = new Timer("transform-progress", true);

  /**
   * @param watcher is told each second where an attempt, by its token, stands
   */
  public Transforms(
      Transformer transformer,
      Cancellations cancellations,
      BiConsumer<UUID, Progress> watcher,
      Clock clock) {
    this.transformer = transformer;
    this.cancellations = cancellations;
    this.watcher = watcher;
    this.clock = clock;
  }

  /**
   * @throws dev.odyssey.cancellation.Stopped when the attempt was told to stop meanwhile
   */
  @SuppressWarnings("try") // the registration is only closed
  public TransformResult run(Attempt attempt, SourceFile source, Path workspace) {
    Cancellation cancellation = cancellations.of(attempt.token());
    cancellation.check();
    var progress = new ProgressMeter();
    TimerTask telling = telling(attempt.token(), progress);
    timer.schedule(telling, 0, TELL_MILLIS);
    try (var stoppable = cancellation.onStop(progress::stop)) {
      return transformer.run(request(attempt, source, workspace), progress);
    } catch (RuntimeException e) {
      cancellation.check(); // it failed because it was told to stop
      throw e;
    } finally {
      telling.cancel();
    }
  }

  private TimerTask telling(UUID token, ProgressMeter progress) {
    return new TimerTask() {
      @Override
      public void run() {
        watcher.accept(token, progress.progress());
      }
    };
  }

  private TransformRequest request(Attempt attempt, SourceFile source, Path workspace) {
    return new TransformRequest(
        attempt.runId(),
        attempt.streamId(),
        attempt.definition(),
        source.path(),
        attempt.previousSnapshot() == null ? null : PreviousSnapshots.directory(workspace),
        workspace,
        clock.instant());
  }
}
