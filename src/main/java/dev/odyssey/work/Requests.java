package dev.odyssey.work;

import dev.odyssey.cancellation.Cancellation;
import dev.odyssey.cancellation.Cancellations;
import dev.odyssey.cancellation.Stopped;
import dev.odyssey.queue.Job;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The request that each job's thread waits for, so that an attempt which must stop waits no longer
 * for bytes. Thread-safe.
 */
public final class Requests {
  private final Cancellations cancellations;
  private final Map<Thread, Line> lines = new ConcurrentHashMap<>();

  private static final class Line {
    private final Cancellation cancellation;
    private volatile Runnable abort = () -> {};

    private Line(Cancellation cancellation) {
      this.cancellation = cancellation;
    }
  }

  public Requests(Cancellations cancellations) {
    this.cancellations = cancellations;
  }

  /** From now on this thread works for the job, until it is told of another. */
  public void workFor(Job job) {
    Line line = new Line(cancellations.of(job.token()));
    lines.put(Thread.currentThread(), line);
    line.cancellation.onStop(() -> line.abort.run());
  }

  /**
   * This thread is about to send a request.
   *
   * @param abort breaks its connection, from another thread; harmless when it is over
   * @throws Stopped when the thread's attempt must not go on
   */
  public void begin(Runnable abort) {
    Line line = lines.get(Thread.currentThread());
    if (line != null) {
      line.abort = abort;
      line.cancellation.check();
    }
  }
}
