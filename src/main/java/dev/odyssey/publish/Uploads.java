package dev.odyssey.publish;

import dev.odyssey.cancellation.Cancellations;
import dev.odyssey.queue.Attempt;
import dev.odyssey.work.Progress;
import java.util.UUID;
import java.util.function.BiConsumer;

/** What comes before each upload. Thread-safe. */
public final class Uploads {
  private final Cancellations cancellations;
  private final BiConsumer<UUID, Progress> watcher;

  /**
   * @param watcher is told where an attempt, by its token, stands
   */
  public Uploads(Cancellations cancellations, BiConsumer<UUID, Progress> watcher) {
    this.cancellations = cancellations;
    this.watcher = watcher;
  }

  /**
   * @throws dev.odyssey.cancellation.Stopped when the attempt was told to stop: then nothing is
   *     sent
   */
  public void begin(Attempt attempt, Upload upload) {
    cancellations.of(attempt.token()).check();
    watcher.accept(
        attempt.token(),
        new Progress("uploading %d bytes".formatted(upload.bytes()), 0, 0, upload.bytes()));
  }
}
