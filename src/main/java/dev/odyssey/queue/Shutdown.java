package dev.odyssey.queue;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How a runner takes leave of its jobs, so that none is lost and none waits for a lease to end. */
public final class Shutdown {
  private static final Logger LOG = LoggerFactory.getLogger(Shutdown.class);
  private static final Duration TIME_TO_GIVE_BACK = Duration.ofSeconds(10);

  private final Places places;
  private final Leases leases;
  private final DataSource database;

  public Shutdown(Places places, Leases leases, DataSource database) {
    this.places = places;
    this.leases = leases;
    this.database = database;
  }

  /** From now on no job is claimed, and what has not begun is given back. */
  public void begin() {
    places.close();
    leases.stopWaiting();
  }

  /** Lets jobs under way end within the timeout, then interrupts them and gives them back too. */
  public void finish(Duration timeout) throws InterruptedException {
    int unfinished = leases.awaitNone(timeout);
    if (unfinished == 0) {
      return;
    }
    LOG.warn(
        "{} jobs did not end within {} seconds; they are interrupted and given back",
        unfinished,
        timeout.toSeconds());
    leases.stopAll();
    int stuck = leases.awaitNone(TIME_TO_GIVE_BACK);
    if (stuck > 0) {
      LOG.warn("{} jobs could not be given back; they come back when their leases end", stuck);
    }
  }

  /** Nobody is to miss this runner: the last thing it does, once no route reports it alive. */
  public void end() {
    try (Connection connection = database.getConnection();
        PreparedStatement statement =
            connection.prepareStatement("select odyssey.report_stopped(?)")) {
      statement.setString(1, leases.runner());
      statement.execute();
    } catch (SQLException e) {
      LOG.warn("The console shows this runner as silent for ten minutes: {}", e.getMessage());
    }
  }
}
