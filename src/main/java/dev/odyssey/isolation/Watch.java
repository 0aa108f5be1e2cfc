package dev.odyssey.isolation;

import dev.odyssey.failure.Shown;
import dev.odyssey.transform.TransformRequest;
import dev.odyssey.transform.engine.ProgressMeter;
import dev.odyssey.work.Folders;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/** Watches a child through one job and notices when it dies, hangs or takes too much. Used once. */
final class Watch {
  private static final Duration LOOK = Duration.ofMillis(100);
  private static final Duration DISK_LOOK = Duration.ofMillis(500);
  private static final Duration TO_DIE = Duration.ofSeconds(5);
  private static final int OUT_OF_HEAP = 3; // what -XX:+ExitOnOutOfMemoryError exits with
  private static final int SIGNAL = 128;

  private final Child child;
  private final TransformRequest request;
  private final ProgressMeter progress;
  private final IsolationSettings settings;
  private long begun = System.nanoTime();
  private long heard = begun;
  private long looked = begun - DISK_LOOK.toNanos(); // the first look comes at once

  Watch(Child child, TransformRequest request, ProgressMeter progress, IsolationSettings settings) {
    this.child = child;
    this.request = request;
    this.progress = progress;
    this.settings = settings;
  }

  /** Whether the child takes the task in time; the job's own time counts from then on. */
  boolean awaitBeginning(Duration patience) throws InterruptedException {
    Optional<Message> message = Optional.empty();
    while (message.isEmpty() && since(begun).compareTo(patience) < 0) {
      message = child.next(LOOK).filter(next -> next.type() != Message.Type.PROGRESS); // too late
      progress.requireNotStopped();
    }
    begun = System.nanoTime();
    heard = begun;
    return message.filter(first -> first.type() == Message.Type.BEGUN).isPresent();
  }

  /**
   * A result or a failure.
   *
   * @throws dev.odyssey.failure.TransientFailure when the child will not bring one; it may live on
   */
  Message awaitEnd() throws InterruptedException {
    while (true) {
      Optional<Message> message = child.next(LOOK);
      progress.requireNotStopped();
      if (message.isPresent()) {
        heard = System.nanoTime();
        Message.Type type = message.get().type();
        switch (type) {
          case RESULT, FAILURE -> {
            return message.get();
          }
          case PROGRESS -> progress.tell(message.get().progress());
          default -> throw ended();
        }
      }
      requireWithinLimits();
    }
  }

  private void requireWithinLimits() {
    if (since(heard).compareTo(settings.silenceLimit()) > 0) {
      throw died("it hung: no word for %d s".formatted(settings.silenceLimit().toSeconds()));
    }
    if (since(begun).compareTo(settings.timeLimit()) > 0) {
      throw died(
          "it took longer than TRANSFORM_TIMEOUT_SECONDS, %d s"
              .formatted(settings.timeLimit().toSeconds()));
    }
    if (since(looked).compareTo(DISK_LOOK) >= 0) {
      looked = System.nanoTime();
      requireWithinDiskLimit();
    }
  }

  private void requireWithinDiskLimit() {
    try {
      long bytes = Folders.bytes(request.directory());
      if (bytes > settings.diskLimit()) {
        throw died(
            "its files took %,d bytes, more than TRANSFORM_DISK_LIMIT_BYTES, %,d"
                .formatted(bytes, settings.diskLimit()));
      }
    } catch (IOException e) {
      // files come and go under the look; the next one sees the rest
    }
  }

  /** Its messages ended, or turned into something else: a JVM that crashes says so there. */
  private RuntimeException ended() throws InterruptedException {
    OptionalInt exit = child.exitCode(TO_DIE);
    if (exit.isEmpty()) {
      return died("it wrote something else than messages");
    }
    int exitCode = exit.getAsInt();
    if (exitCode == OUT_OF_HEAP) {
      return died("it ran out of heap, TRANSFORM_HEAP_MIB is " + settings.heapMib());
    }
    return exitCode > SIGNAL
        ? died("killed by signal %d%s".formatted(exitCode - SIGNAL, hint(exitCode - SIGNAL)))
        : died("it exited with code " + exitCode);
  }

  private static String hint(int signal) {
    return switch (signal) {
      case 9 -> ", perhaps by the system for want of memory";
      case 6, 11 -> ", a crash in the engine";
      default -> "";
    };
  }

  private RuntimeException died(String how) {
    return IsolatedTransform.died(
        "Stream '%s': the transform process died while %s: %s"
            .formatted(
                Shown.text(request.definition().path("stream").path("name").asText("")),
                progress.progress().step(),
                how));
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }
}
