package dev.odyssey.database;

import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Times in which the database does not do its work: told once, asked again ever more slowly, told
 * when over.
 *
 * <p>Thread-safe.
 */
public final class Outages {
  static final String READ_ONLY = "25006";

  private static final Logger LOG = LoggerFactory.getLogger(Outages.class);
  private static final Duration SHORTEST_WAIT = Duration.ofMillis(250);
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(5);
  private static final Duration SAME_NEWS_AGAIN = Duration.ofMinutes(1);

  /**
   * What passes by itself, by SQLSTATE: shutdown, crash and start of the server, statement and lock
   * time-outs, too many connections, a lost race, a standby. All of class 08 is the connection.
   */
  private static final Set<String> PASSING =
      Set.of(
          "57P01", "57P02", "57P03", "57014", "55P03", "53300", "40001", "40P01", READ_ONLY,
          "25P03", "25P04");

  private final Clock clock;
  private Instant since;
  private Instant nextTry = Instant.MIN;
  private Duration wait = SHORTEST_WAIT;
  private boolean told;
  private String lastMessage;
  private Instant lastTold = Instant.EPOCH;

  public Outages(Clock clock) {
    this.clock = clock;
  }

  /** Whether waiting helps: the database is away or busy, nothing is wrong with the statement. */
  public boolean isOutage(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause() == t ? null : t.getCause()) {
      if (t instanceof SQLTransientConnectionException) {
        return true;
      }
      if (t instanceof SQLException e && e.getSQLState() != null) {
        return e.getSQLState().startsWith("08") || PASSING.contains(e.getSQLState());
      }
    }
    return false;
  }

  /** Whether it is time to ask the database again; always, except in an outage. */
  public synchronized boolean mayAsk() {
    return !clock.instant().isBefore(nextTry);
  }

  /** A statement that belongs to no job failed; logs a line where this is news. */
  public synchronized void noticed(Throwable thrown) {
    Instant now = clock.instant();
    if (since == null) {
      since = now;
    }
    nextTry = now.plus(wait);
    wait = wait.multipliedBy(2).compareTo(LONGEST_WAIT) < 0 ? wait.multipliedBy(2) : LONGEST_WAIT;
    String message = message(thrown);
    boolean news = !told || (!message.equals(lastMessage) && !isOutage(thrown));
    boolean again = message.equals(lastMessage) && now.isBefore(lastTold.plus(SAME_NEWS_AGAIN));
    if (news && !again) {
      told = true;
      lastMessage = message;
      lastTold = now;
      LOG.warn(
          "The database does not do its work: {}. Nothing is lost: jobs under way go on while their"
              + " leases hold, and it is asked again. bin/odyssey check says what is wrong.",
          message);
    }
  }

  /** A statement succeeded; logs a line where an outage is over. */
  public synchronized void answered() {
    if (since != null) {
      if (told) {
        LOG.info(
            "The database answers again, after {} seconds",
            Duration.between(since, clock.instant()).toSeconds());
      }
      since = null;
      told = false;
      nextTry = Instant.MIN;
      wait = SHORTEST_WAIT;
    }
  }

  private static String message(Throwable thrown) {
    Throwable root = thrown;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    String message = root.getMessage() == null ? root.toString() : root.getMessage();
    return message.lines().findFirst().orElse("");
  }
}
