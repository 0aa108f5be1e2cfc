package dev.odyssey.bench.crash;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Does to a replica what a fault says; afterwards replica and wire are whole again.
 *
 * @param held what stands still on it; null where nothing does
 */
record Strike(Replica victim, Gates.Held held) {
  /** Leases have ended by then, and another replica has taken the job. */
  private static final Duration PAST_THE_LEASE = Matrix.VISIBILITY_TIMEOUT.plusSeconds(2);

  /** A statement on this machine has long been done by then. */
  private static final Duration FOR_A_STATEMENT = Duration.ofMillis(700);

  void with(Fault fault) throws IOException, InterruptedException {
    switch (fault) {
      case KILL -> {
        victim.kill();
        release();
        victim.start();
      }
      case STOP -> {
        victim.stop();
        pause(PAST_THE_LEASE);
        release();
        victim.wakeUp();
      }
      case CUT -> {
        victim.wire().cut();
        victim.wire().mend();
        release();
      }
      case OUTAGE -> {
        victim.wire().cut();
        release();
        pause(PAST_THE_LEASE);
        victim.wire().mend();
      }
      case STALL -> {
        victim.wire().stall();
        release();
        pause(PAST_THE_LEASE);
        victim.wire().mend();
      }
      case LOST_ANSWER -> {
        victim.wire().holdAnswers();
        release();
        pause(FOR_A_STATEMENT);
        victim.wire().cut();
        victim.wire().mend();
      }
    }
  }

  private void release() throws IOException {
    if (held != null) {
      held.release();
    }
  }

  private static void pause(Duration time) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(time.toMillis());
  }
}
