package dev.odyssey.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import javax.sql.DataSource;
import org.postgresql.Driver;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * Opens the connection pools that the runner talks to its database with.
 *
 * <p>A pool starts although the database is down, and finds it when it comes back. It works through
 * a transaction-mode pooler (PgBouncer, Supavisor): nothing is kept in a session.
 */
public final class Database {
  /** The longest silence of the server that is usual; every statement of the contract is short. */
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** How long a caller waits for a free connection before it gets an SQLException. */
  private static final Duration POOL_TIMEOUT = Duration.ofSeconds(10);

  /** HikariCP takes no less, and the driver counts in seconds. */
  private static final Duration SHORTEST_TIMEOUT = Duration.ofSeconds(1);

  /** Shorter than the time after which poolers and balancers drop a connection. */
  private static final Duration MAX_LIFETIME = Duration.ofMinutes(10);

  private Database() {}

  /**
   * Opens a pool; the caller closes it.
   *
   * @param name appears in logs and metrics
   * @param maxConnections also how many are kept open
   * @param patience the longest silence of the server that a statement takes
   */
  static HikariDataSource open(
      DatabaseUrl url, String name, int maxConnections, Duration patience) {
    var config = new HikariConfig();
    config.setPoolName(name);
    // by its class: DriverManager does not see the driver where `camel run` has loaded our jar
    config.setDriverClassName(Driver.class.getName());
    config.setJdbcUrl(url.jdbcUrl());
    config.setUsername(url.user());
    config.setPassword(url.password());
    config.setMaximumPoolSize(maxConnections);
    config.setAutoCommit(true);
    config.setInitializationFailTimeout(-1);
    config.setConnectionTimeout(within(POOL_TIMEOUT, patience).toMillis());
    config.setValidationTimeout(within(CONNECT_TIMEOUT, patience).toMillis());
    config.setExceptionOverrideClassName(ReadOnlyEviction.class.getName());
    config.setMaxLifetime(MAX_LIFETIME.toMillis());
    config.setDataSourceProperties(properties(patience));
    return new HikariDataSource(config);
  }

  /** Opens one connection, in no pool; the caller closes it. */
  static Connection connect(DatabaseUrl url) throws SQLException {
    Properties properties = properties(PATIENCE);
    properties.put("user", url.user());
    properties.put("password", url.password());
    return new Driver().connect(url.jdbcUrl(), properties);
  }

  /** A connection of its own for every caller: for a command that asks once and ends. */
  static DataSource unpooled(DatabaseUrl url) {
    var dataSource = new PGSimpleDataSource();
    dataSource.setURL(url.jdbcUrl());
    dataSource.setUser(url.user());
    dataSource.setPassword(url.password());
    try {
      for (Map.Entry<Object, Object> property : properties(PATIENCE).entrySet()) {
        dataSource.setProperty(property.getKey().toString(), property.getValue().toString());
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e); // the driver knows all of them
    }
    return dataSource;
  }

  private static Properties properties(Duration patience) {
    var properties = new Properties();
    properties.put("ApplicationName", "odyssey-runner");
    // A prepared statement lives on one server connection, and a pooler hands out another.
    properties.put("prepareThreshold", "0");
    properties.put("connectTimeout", seconds(within(CONNECT_TIMEOUT, patience)));
    properties.put("socketTimeout", seconds(within(PATIENCE, patience)));
    properties.put("tcpKeepAlive", "true");
    return properties;
  }

  private static Duration within(Duration usual, Duration patience) {
    Duration shorter = patience.compareTo(usual) < 0 ? patience : usual;
    return shorter.compareTo(SHORTEST_TIMEOUT) < 0 ? SHORTEST_TIMEOUT : shorter;
  }

  private static String seconds(Duration timeout) {
    return String.valueOf(timeout.toSeconds());
  }

  /** A connection to a server that became a standby is closed: the next one finds the primary. */
  public static final class ReadOnlyEviction implements SQLExceptionOverride {
    @java.lang.Override // the interface has an Override of its own
    public Override adjudicate(SQLException e) {
      return Outages.READ_ONLY.equals(e.getSQLState())
          ? Override.MUST_EVICT
          : Override.CONTINUE_EVICT;
    }
  }
}
