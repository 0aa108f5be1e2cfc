package dev.odyssey.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class PlacesTest {
  private final Places places =
      new Places(new QueueSettings(2, 3, Duration.ofMinutes(5), 3, Duration.ZERO, Duration.ZERO));

  @Test
  void asksForNoMoreThanABatch() {
    assertThat(places.free()).isEqualTo(2);
  }

  @Test
  void asksForNoMoreThanTheFreePlaces() {
    places.take(job(1));
    places.take(job(2));

    assertThat(places.free()).isEqualTo(1);
  }

  @Test
  void aReleasedPlaceIsFreeAgainOnceHoweverOftenItIsReleased() {
    places.take(job(1));
    places.take(job(2));
    places.take(job(3));

    places.release(job(1));
    places.release(job(1));

    assertThat(places.free()).isEqualTo(1);
  }

  @Test
  void claimsAgainAtOnceOnlyAfterAFullClaimAndWithAFreePlace() {
    places.claimed(2, 1);
    assertThat(places.claimAgain()).isFalse();

    places.claimed(2, 2);
    assertThat(places.claimAgain()).isTrue();

    places.take(job(1));
    places.take(job(2));
    places.take(job(3));
    assertThat(places.claimAgain()).isFalse();
  }

  @Test
  void asksForNothingOnceClosed() {
    places.close();

    assertThat(places.free()).isZero();
  }

  private static Job job(long msgId) {
    return new Job(
        new UUID(0, msgId),
        msgId,
        UUID.randomUUID(),
        UUID.randomUUID(),
        UUID.randomUUID(),
        "manual",
        "s",
        Instant.EPOCH);
  }
}
