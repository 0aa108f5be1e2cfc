package dev.odyssey.queue;

import dev.odyssey.database.DatabaseSettings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hears of new jobs when they are enqueued, by PostgreSQL's NOTIFY, on a connection of its own.
 *
 * <p>Only saves waiting for the next poll: where nothing can be heard (a pooler in transaction
 * mode, a database that is down, a message that another program sent) polling finds the job.
 * Thread-safe.
 */
public final class Wakeups implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Wakeups.class);
  private static final Duration PATIENCE = Duration.ofMillis(500);
  private static final Duration PAUSE = Duration.ofSeconds(3);

  private final DatabaseSettings database;
  private final Clock clock;
  private Connection connection;
  private Instant notBefore = Instant.MIN;
  private boolean closed;

  public Wakeups(DatabaseSettings database, Clock clock) {
    this.database = database;
    this.clock = clock;
  }

  /**
   * Waits half a second at most.
   *
   * @return whether a job was enqueued since the last call; never an error
   */
  public synchronized boolean await() {
    if (closed || !database.listen() || clock.instant().isBefore(notBefore)) {
      return false;
    }
    try {
      if (connection == null) {
        connection = listening();
      }
      var heard = connection.unwrap(PGConnection.class).getNotifications((int) PATIENCE.toMillis());
      return heard != null && heard.length > 0;
    } catch (SQLException e) {
      LOG.debug("New jobs cannot be heard of, only polled for: {}", e.getMessage());
      notBefore = clock.instant().plus(PAUSE);
      disconnect();
      return false;
    }
  }

  @Override
  public synchronized void close() {
    closed = true;
    disconnect();
  }

  private Connection listening() throws SQLException {
    Connection opened = database.connect();
    try (var statement = opened.createStatement()) {
      statement.execute("listen odyssey_stream_sync_jobs");
      return opened;
    } catch (SQLException e) {
      opened.close();
      throw e;
    }
  }

  private void disconnect() {
    if (connection == null) {
      return;
    }
    try {
      connection.close();
    } catch (SQLException e) {
      LOG.debug("The listening connection did not close: {}", e.getMessage());
    }
    connection = null;
  }
}
