package dev.odyssey.cancellation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.odyssey.cancellation.Cancellation.Reason;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class CancellationTest {
  private final UUID token = UUID.randomUUID();
  private final Cancellations cancellations = new Cancellations();
  private final AtomicInteger stops = new AtomicInteger();

  @Test
  void stopsTheWorkUnderWayOnceAndNamesTheFirstReason() {
    var cancellation = cancellations.of(token);
    assertThatCode(cancellation::check).doesNotThrowAnyException();
    cancellation.onStop(stops::incrementAndGet);

    cancellations.stop(token, Reason.CANCELLED);
    cancellations.stop(token, Reason.SHUTDOWN);

    assertThat(stops).hasValue(1);
    assertThatThrownBy(cancellation::check)
        .isInstanceOf(Stopped.class)
        .hasMessageContaining("the run is cancelled");
  }

  @Test
  void stopsAtOnceWhatBeginsTooLate() {
    cancellations.of(token).stop(Reason.LEASE_LOST);

    cancellations.of(token).onStop(stops::incrementAndGet);

    assertThat(stops).hasValue(1);
  }

  @Test
  void leavesWorkAloneThatIsDone() {
    try (var work = cancellations.of(token).onStop(stops::incrementAndGet)) {
      assertThat(work).isNotNull();
    }

    cancellations.stop(token, Reason.SHUTDOWN);

    assertThat(stops).hasValue(0);
  }

  @Test
  void aHandleThatFailsKeepsNoOtherFromStopping() {
    var cancellation = cancellations.of(token);
    cancellation.onStop(
        () -> {
          throw new IllegalStateException("closed already");
        });
    cancellation.onStop(stops::incrementAndGet);

    cancellation.stop(Reason.SHUTDOWN);

    assertThat(stops).hasValue(1);
  }
}
