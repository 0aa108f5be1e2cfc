package dev.odyssey.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Properties;
import org.postgresql.Driver;

/**
 * Opens the connection pools that the runner talks to its database with.
 *
 * <p>A pool starts although the database is down, and finds it when it comes back. It works through
 * a transaction-mode pooler (PgBouncer, Supavisor): nothing is kept in a session.
 */
public final class Database {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

  /** The longest silence of the server; every statement of the contract is short. */
  private static final Duration SOCKET_TIMEOUT = Duration.ofSeconds(30);

  /** How long a caller waits for a free connection before it gets an SQLException. */
  private static final Duration POOL_TIMEOUT = Duration.ofSeconds(10);

  /** Shorter than the time after which poolers and balancers drop a connection. */
  private static final Duration MAX_LIFETIME = Duration.ofMinutes(10);

  private Database() {}

  /**
   * Opens a pool; the caller closes it.
   *
   * @param name appears in logs and metrics
   * @param maxConnections also how many are kept open
   */
  public static HikariDataSource open(DatabaseUrl url, String name, int maxConnections) {
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
    config.setConnectionTimeout(POOL_TIMEOUT.toMillis());
    config.setValidationTimeout(CONNECT_TIMEOUT.toMillis());
    config.setMaxLifetime(MAX_LIFETIME.toMillis());
    config.setDataSourceProperties(properties());
    return new HikariDataSource(config);
  }

  /** Opens one connection, in no pool; the caller closes it. */
  static Connection connect(DatabaseUrl url) throws SQLException {
    Properties properties = properties();
    properties.put("user", url.user());
    properties.put("password", url.password());
    return new Driver().connect(url.jdbcUrl(), properties);
  }

  private static Properties properties() {
    var properties = new Properties();
    properties.put("ApplicationName", "odyssey-runner");
    // A prepared statement lives on one server connection, and a pooler hands out another.
    properties.put("prepareThreshold", "0");
    properties.put("connectTimeout", String.valueOf(CONNECT_TIMEOUT.toSeconds()));
    properties.put("socketTimeout", String.valueOf(SOCKET_TIMEOUT.toSeconds()));
    properties.put("tcpKeepAlive", "true");
    return properties;
  }
}
