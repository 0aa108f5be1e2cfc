package dev.odyssey.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * How much work there is, as the database last said: a scrape never waits for it. What is too old
 * to be true is no number. Thread-safe.
 */
public final class QueueMetrics {
  private static final Duration TRUE_FOR = Duration.ofMinutes(1);

  /** States, and what {@code odyssey.queue_state} calls them. */
  private static final Map<String, String> STATES =
      Map.of(
          "waiting", "waiting",
          "delayed", "delayed",
          "running", "running",
          "dead-lettered", "deadLetters");

  private final boolean wanted;
  private final ObjectMapper json;
  private final Clock clock;
  private volatile Answer last;

  private record Answer(JsonNode state, Instant at) {}

  /**
   * @param wanted whether anybody looks at it
   */
  public QueueMetrics(boolean wanted, ObjectMapper json, Clock clock) {
    this.wanted = wanted;
    this.json = json;
    this.clock = clock;
  }

  /** Whether to ask the database at all. */
  public boolean isWanted() {
    return wanted;
  }

  /**
   * @param state as {@code odyssey.queue_state} gives it
   */
  public void measured(String state) throws JsonProcessingException {
    last = new Answer(json.readTree(state), clock.instant());
  }

  void register(MeterRegistry registry) {
    STATES.forEach(
        (state, field) ->
            Gauge.builder("odyssey.queue.jobs", () -> number(field))
                .description("Jobs in the database by state; the same on every replica")
                .tag("state", state)
                .register(registry));
    Gauge.builder("odyssey.queue.oldest.age", () -> number("oldestSeconds"))
        .description("Age of the oldest job that could begin; 0 where there is none")
        .baseUnit("seconds")
        .register(registry);
  }

  private double number(String field) {
    Answer answer = last;
    return answer == null || answer.at().plus(TRUE_FOR).isBefore(clock.instant())
        ? Double.NaN
        : answer.state().path(field).asDouble(Double.NaN);
  }
}
