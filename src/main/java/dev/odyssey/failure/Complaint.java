package dev.odyssey.failure;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says in the log that a service beside the jobs does not work: once, however often it fails, and
 * once more when it works again. Thread-safe.
 */
public final class Complaint {
  private static final Logger LOG = LoggerFactory.getLogger(Complaint.class);

  private final String what;
  private boolean made;

  /**
   * @param what does not arrive, and where, such as {@code Traces at http://collector:4318}
   */
  public Complaint(String what) {
    this.what = what;
  }

  public synchronized void make(String why) {
    if (!made) {
      made = true;
      LOG.warn("{}: not taken, {}. No job waits for that; it is said once", what, why);
    }
  }

  public synchronized void withdraw() {
    if (made) {
      made = false;
      LOG.info("{}: taken again", what);
    }
  }
}
