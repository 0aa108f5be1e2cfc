package dev.odyssey.queue;

import java.util.List;
import java.util.Map;
import org.slf4j.MDC;

/**
 * Whose work a thread does, for every line that it logs: {@code run}, {@code stream}, {@code
 * streamName}, {@code tenant} and {@code attempt} in the logger's diagnostic context. Stateless.
 */
public final class JobContext {
  private static final List<String> KEYS =
      List.of("run", "stream", "streamName", "tenant", "attempt");

  private JobContext() {}

  /** This thread works for a job whose attempt has not begun. */
  public static void enter(Job job) {
    put("run", job.runId());
    put("stream", job.streamId());
    put("streamName", job.streamName());
    put("tenant", job.tenantId());
    MDC.remove("attempt");
  }

  /** This thread works for an attempt. */
  public static void enter(Attempt attempt) {
    put("run", attempt.runId());
    put("stream", attempt.streamId());
    put("streamName", attempt.streamName());
    put("tenant", attempt.tenantId());
    put("attempt", attempt.ordinal());
  }

  /** This thread works for no job any more; repeatable. */
  public static void leave() {
    KEYS.forEach(MDC::remove);
  }

  /** Does work for a job on a thread that may be another's, and leaves its context as it was. */
  static void during(Job job, Runnable work) {
    Map<String, String> before = MDC.getCopyOfContextMap();
    enter(job);
    try {
      work.run();
    } finally {
      MDC.setContextMap(before == null ? Map.of() : before);
    }
  }

  private static void put(String key, Object value) {
    if (value == null) {
      MDC.remove(key);
    } else {
      MDC.put(key, value.toString());
    }
  }
}
