package dev.odyssey.lineage;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.odyssey.failure.Complaint;
import io.openlineage.client.OpenLineage.RunEvent;
import java.io.Closeable;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * Events on their way to one back-end, in order, by a thread of their own. What it does not take is
 * dropped and told of once. Thread-safe.
 */
final class Outbox implements Closeable {
  private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(2);
  private static final int MOST_WAITING = 1_000;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  private final Backend backend;
  private final Complaint complaint;
  private final ThreadPoolExecutor sender =
      new ThreadPoolExecutor(
          1, 1, 0, TimeUnit.SECONDS, new ArrayBlockingQueue<>(MOST_WAITING), Outbox::thread);

  Outbox(Backend backend) {
    this.backend = backend;
    this.complaint = new Complaint("Lineage at " + backend.name());
  }

  /** Returns at once. */
  void send(RunEvent event) {
    try {
      sender.execute(() -> deliver(event));
    } catch (RejectedExecutionException e) {
      complaint.make("for it is too slow");
    }
  }

  private void deliver(RunEvent event) {
    try {
      backend.take(JSON.writeValueAsString(event));
      complaint.withdraw();
    } catch (IOException e) {
      complaint.make(e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Sends what is left, for a short while. */
  @Override
  public void close() {
    sender.shutdown();
    try {
      if (!sender.awaitTermination(LONGEST_GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
        sender.shutdownNow();
      }
    } catch (InterruptedException e) {
      sender.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }

  private static Thread thread(Runnable work) {
    var thread = new Thread(work, "lineage");
    thread.setDaemon(true);
    return thread;
  }
}
