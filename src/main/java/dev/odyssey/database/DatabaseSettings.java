package dev.odyssey.database;

import com.zaxxer.hikari.HikariDataSource;
import dev.odyssey.settings.Settings;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import javax.sql.DataSource;

/**
 * Which database, and how many connections to it.
 *
 * @param listen whether a connection more listens for new jobs
 */
public record DatabaseSettings(DatabaseUrl url, int poolSize, boolean listen) {
  private static final Duration LEASE_PATIENCE = Duration.ofSeconds(5);

  public static DatabaseSettings from(Settings settings) {
    return new DatabaseSettings(
        url(settings),
        settings.integer("DATABASE_POOL_SIZE", 2, 1000), // migrate needs two
        settings.flag("DATABASE_LISTEN"));
  }

  /** Opens the pool; the caller closes it. The database may be down. */
  public HikariDataSource open() {
    return Database.open(url, "odyssey", poolSize, Database.PATIENCE);
  }

  /**
   * Opens a pool of one, for renewing leases: a busy or exhausted pool cannot starve it, and it
   * gives up on a silent server early enough to try several times before a lease ends.
   */
  public HikariDataSource openForLeases(Duration visibilityTimeout) {
    Duration sixth = visibilityTimeout.dividedBy(6);
    Duration patience = sixth.compareTo(LEASE_PATIENCE) < 0 ? sixth : LEASE_PATIENCE;
    return Database.open(url, "odyssey-leases", 1, patience);
  }

  /** Opens a connection outside the pool; the caller closes it. */
  public Connection connect() throws SQLException {
    return Database.connect(url);
  }

  /** As {@link Database#unpooled}; nothing to close. */
  public DataSource unpooled() {
    return Database.unpooled(url);
  }

  private static DatabaseUrl url(Settings settings) {
    return settings
        .optional("DATABASE_URL")
        .map(
            text -> {
              try {
                DatabaseUrl url = DatabaseUrl.parse(text);
                Optional.ofNullable(url.password()).ifPresent(settings::hide);
                return url;
              } catch (IllegalArgumentException e) {
                settings.problem("DATABASE_URL", e.getMessage().replaceFirst("^DATABASE_URL ", ""));
                return null;
              }
            })
        .orElseGet(
            () -> {
              settings.text("DATABASE_URL"); // remembers that it is missing
              return null;
            });
  }
}
