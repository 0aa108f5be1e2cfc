package dev.odyssey.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReportsTest {
  private final LeasesTest.HandClock clock = new LeasesTest.HandClock();
  private final Reports reports = new Reports(clock);
  private final Job job = new Job(UUID.randomUUID(), 1, null, null, null, null, "stream", null);

  @BeforeEach
  void aJobIsHeld() {
    reports.open(job.token());
  }

  @Test
  void progressTravelsByTokenAndSaysSinceWhenItsStepIsUnderWay() throws Exception {
    stands("reading", 1);
    clock.pass(Duration.ofSeconds(3));
    stands("reading", 12);

    assertThat(told().at("/rows").asInt()).isEqualTo(12);
    assertThat(told().at("/stepSeconds").asDouble()).isEqualTo(3);

    stands("writing", 12);

    assertThat(told().at("/stepSeconds").asDouble()).isEqualTo(0);
  }

  @Test
  void stepsTravelWithProgressAndWithTheEnd() throws Exception {
    reports.stepBegins(job, "download-source", clock.instant());
    reports.stepEnds(job, Duration.ofMillis(1500), true);
    reports.stepBegins(job, "transform-source", clock.instant());

    JsonNode end = new ObjectMapper().readTree(reports.withSteps(job, "{\"message\":\"no\"}"));

    assertThat(end.path("message").asText()).isEqualTo("no");
    assertThat(end.path("steps")).isEqualTo(told().path("steps")).hasSize(2);
    assertThat(end.at("/steps/0/millis").asLong()).isEqualTo(1500);
    assertThat(end.at("/steps/1/step").asText()).isEqualTo("transform-source");
    assertThat(end.at("/steps/1/millis").isMissingNode()).isTrue();
  }

  @Test
  void whatIsNotHeldIsNotHeard() {
    reports.close(job.token());
    stands("reading", 1);
    reports.stepBegins(job, "download-source", clock.instant());
    reports.stepEnds(job, Duration.ZERO, true);

    assertThat(reports.all()).isEqualTo("{}");
  }

  private void stands(String step, int rows) {
    reports.progress(
        job.token(), JsonNodeFactory.instance.objectNode().put("step", step).put("rows", rows));
  }

  private JsonNode told() throws Exception {
    return new ObjectMapper().readTree(reports.all()).path(job.token().toString());
  }
}
