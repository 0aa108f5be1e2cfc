package dev.odyssey.steps;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.queue.Job;
import dev.odyssey.queue.Reports;
import dev.odyssey.steps.StepEnd.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class StepReportsTest {
  private final Reports reports = new Reports(Clock.systemUTC());
  private final StepReports listener = new StepReports(reports);
  private final Job job = new Job(UUID.randomUUID(), 1, null, null, null, null, "stream", null);

  @Test
  void theWaitInTheQueueIsNotTakenForTheStepThatIsUnderWay() throws Exception {
    reports.open(job.token());
    listener.began("begin-attempt", job, Instant.EPOCH);
    listener.ended(end(StepEnd.WAIT, 9000));
    listener.ended(end("begin-attempt", 20));

    JsonNode told = new ObjectMapper().readTree(reports.all());

    assertThat(told.at("/" + job.token() + "/steps/0/millis").asInt()).isEqualTo(20);
    assertThat(told.at("/" + job.token() + "/steps")).hasSize(1);
  }

  private StepEnd end(String step, int millis) {
    Duration took = Duration.ofMillis(millis);
    return new StepEnd(step, job, null, Instant.EPOCH, took, Outcome.COMPLETED, null, null);
  }
}
