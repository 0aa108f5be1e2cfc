package dev.odyssey.lineage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.openlineage.client.OpenLineage;
import io.openlineage.client.OpenLineage.RunEvent;
import java.net.URI;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private static final ZonedDateTime BEGIN =
      ZonedDateTime.of(2026, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

  private final CountDownLatch answer = new CountDownLatch(1);
  private final List<String> taken = new CopyOnWriteArrayList<>();
  private final Outbox outbox =
      new Outbox(
          new Backend() {
            @Override
            public String name() {
              return "a slow one";
            }

            @Override
            public void take(String event) throws InterruptedException {
              answer.await();
              taken.add(event);
            }
          });

  @Test
  void whoSendsWaitsForNoAnswerAndWhatIsTooManyIsDropped() {
    for (int i = 0; i < 3_000; i++) {
      outbox.send(event(i));
    }

    assertThat(taken).isEmpty();
    answer.countDown();
    await().untilAsserted(() -> assertThat(taken).hasSizeBetween(1_000, 1_001));
    assertThat(taken.get(0)).contains("2026-01-01T00:00:00Z");
    assertThat(taken.get(1)).contains("2026-01-01T00:00:01Z");
    outbox.close();
  }

  @Test
  void theEndDoesNotWaitForABackendThatHangs() {
    outbox.send(event(0));

    outbox.close();

    assertThat(taken).isEmpty();
  }

  @Test
  void theEndWaitsForOneThatAnswers() {
    answer.countDown();
    outbox.send(event(0));

    outbox.close();

    assertThat(taken).hasSize(1);
  }

  private static RunEvent event(int second) {
    return new OpenLineage(URI.create("urn:test"))
        .newRunEventBuilder()
        .eventTime(BEGIN.plusSeconds(second))
        .build();
  }
}
