package dev.odyssey.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the attempts of this runner have to tell, from the claim to the end: where each stands, and
 * how long its steps took. Thread-safe; what is said of an attempt that is not held is not heard.
 */
public final class Reports {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Clock clock;
  private final Map<UUID, Report> open = new ConcurrentHashMap<>();

  private static final class Report {
    private final StepTimes steps = new StepTimes();
    private ObjectNode progress; // guarded by the report
    private Instant since;
  }

  public Reports(Clock clock) {
    this.clock = clock;
  }

  public void open(UUID token) {
    open.put(token, new Report());
  }

  void close(UUID token) {
    open.remove(token);
  }

  /**
   * @param told where the attempt stands: an object whose {@code step} says at what
   */
  public void progress(UUID token, JsonNode told) {
    Report report = open.get(token);
    if (report == null || !(told instanceof ObjectNode progress)) {
      return;
    }
    synchronized (report) {
      boolean same =
          report.progress != null && report.progress.path("step").equals(progress.path("step"));
      report.since = same ? report.since : clock.instant();
      report.progress = progress;
    }
  }

  /** A step of the job begins. */
  public void stepBegins(Job job, String step, Instant at) {
    Report report = open.get(job.token());
    if (report != null) {
      report.steps.begin(step, at);
    }
  }

  /**
   * The step of the job that began last has ended.
   *
   * @param well false where it failed or was stopped
   */
  public void stepEnds(Job job, Duration took, boolean well) {
    Report report = open.get(job.token());
    if (report != null) {
      report.steps.end(took, well);
    }
  }

  /**
   * What all attempts have to tell, as {@code odyssey.renew_leases} takes it: each its progress,
   * with {@code stepSeconds}, since when it stands there, and its {@code steps}.
   */
  public String all() {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    open.forEach((token, report) -> all.set(token.toString(), told(report)));
    all.properties().removeIf(entry -> entry.getValue().isEmpty());
    return all.toString();
  }

  /**
   * Adds {@code steps} of the job's attempt to what is recorded at its end.
   *
   * @param end a JSON object as text
   */
  public String withSteps(Job job, String end) throws JsonProcessingException {
    Report report = open.get(job.token());
    if (report == null) {
      return end;
    }
    return ((ObjectNode) JSON.readTree(end)).set("steps", report.steps.toJson()).toString();
  }

  private ObjectNode told(Report report) {
    ObjectNode told = JsonNodeFactory.instance.objectNode();
    synchronized (report) {
      if (report.progress != null) {
        told.setAll(report.progress);
        told.put("stepSeconds", Duration.between(report.since, clock.instant()).toMillis() / 1e3);
      }
    }
    var steps = report.steps.toJson();
    return steps.isEmpty() ? told : told.set("steps", steps);
  }
}
