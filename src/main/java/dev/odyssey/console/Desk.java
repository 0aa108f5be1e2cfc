package dev.odyssey.console;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does blocking work off the event loop: a few pieces at a time, a few more waiting, no more. An
 * answer that is late is not waited for. Its threads end by themselves when nobody asks.
 */
final class Desk {
  private static final Logger LOG = LoggerFactory.getLogger(Desk.class);
  private static final Duration PATIENCE = Duration.ofSeconds(8);
  private static final int AT_ONCE = 3;
  private static final int WAITING = 30;

  private final ThreadPoolExecutor threads =
      new ThreadPoolExecutor(
          AT_ONCE,
          AT_ONCE,
          10,
          TimeUnit.SECONDS,
          new LinkedBlockingQueue<>(WAITING),
          task -> {
            var thread = new Thread(task, "console");
            thread.setDaemon(true);
            return thread;
          });

  Desk() {
    threads.allowCoreThreadTimeOut(true);
  }

  /**
   * Calls back on the event loop, exactly once.
   *
   * @param then gets what the work gave
   * @param otherwise is called where the work failed, is late or cannot be begun
   */
  <T> void ask(Vertx vertx, Supplier<T> work, Consumer<T> then, Runnable otherwise) {
    var answered = new AtomicBoolean();
    var loop = vertx.getOrCreateContext();
    long timer =
        vertx.setTimer(
            PATIENCE.toMillis(),
            late -> {
              if (answered.compareAndSet(false, true)) {
                otherwise.run();
              }
            });
    Consumer<Runnable> answer =
        callback ->
            loop.runOnContext(
                now -> {
                  if (answered.compareAndSet(false, true)) {
                    vertx.cancelTimer(timer);
                    callback.run();
                  }
                });
    try {
      threads.execute(
          () -> {
            try {
              T result = work.get();
              answer.accept(() -> then.accept(result));
            } catch (RuntimeException e) {
              LOG.error("A page of the console failed", e);
              answer.accept(otherwise);
            }
          });
    } catch (RejectedExecutionException e) {
      answer.accept(otherwise);
    }
  }
}
