package dev.odyssey.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.odyssey.failure.Failure;
import dev.odyssey.testing.Attempts;
import java.time.Duration;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class RetryDelayTest {
  private final RetryDelay delay =
      new RetryDelay(
          new QueueSettings(
              1, 1, Duration.ofMinutes(5), 3, Duration.ofSeconds(30), Duration.ofSeconds(100)));

  @RepeatedTest(20)
  void doublesUpToItsMaximumHalfMoreOrLess() {
    Failure plain = new Failure(true, "busy", "wait", null);

    assertThat(delay.seconds(Attempts.numbered(1), plain)).isBetween(15L, 45L);
    assertThat(delay.seconds(Attempts.numbered(2), plain)).isBetween(30L, 90L);
    assertThat(delay.seconds(Attempts.numbered(40), plain)).isBetween(50L, 150L);
  }

  @Test
  void isNeverLessThanTheServiceAskedFor() {
    var asked = JsonNodeFactory.instance.objectNode().put("retryAfterSeconds", 777);

    assertThat(delay.seconds(Attempts.numbered(1), new Failure(true, "busy", "wait", asked)))
        .isEqualTo(777);
  }
}
