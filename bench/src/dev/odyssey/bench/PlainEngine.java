package dev.odyssey.bench;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/** The engine without the product: the yardstick, and the statements of the workers of today. */
final class PlainEngine implements AutoCloseable {
  private static final String NEW_ROWS =
      """
      CREATE VIEW new_rows AS
      SELECT *, md5(concat_ws('|', coalesce(id::VARCHAR, ''), coalesce(sku::VARCHAR, ''),
          coalesce(customer::VARCHAR, ''), coalesce(city::VARCHAR, ''), coalesce(email::VARCHAR, ''),
          coalesce(ordered_on::VARCHAR, ''), coalesce(updated_at::VARCHAR, ''),
          coalesce(quantity::VARCHAR, ''), coalesce(price::VARCHAR, ''), coalesce(weight::VARCHAR, ''),
          coalesce(express::VARCHAR, ''), coalesce(note::VARCHAR, ''))) AS "$_ref"
      FROM (
        SELECT TRY_CAST(id AS BIGINT) AS id, sku, customer, city, email,
          TRY_CAST(ordered_on AS DATE) AS ordered_on, TRY_CAST(updated_at AS TIMESTAMP) AS updated_at,
          TRY_CAST(quantity AS BIGINT) AS quantity, TRY_CAST(price AS DECIMAL(12,2)) AS price,
          TRY_CAST(weight AS DOUBLE) AS weight, TRY_CAST(express AS BOOLEAN) AS express, note
        FROM read_csv('%s', all_varchar = true))
      """;
  private static final String DIFF =
      """
      CREATE VIEW diff AS
      SELECT coalesce(n.id, o.id) AS id, coalesce(n.sku, o.sku) AS sku,
        coalesce(n.customer, o.customer) AS customer, coalesce(n.city, o.city) AS city,
        coalesce(n.email, o.email) AS email, coalesce(n.ordered_on, o.ordered_on) AS ordered_on,
        coalesce(n.updated_at, o.updated_at) AS updated_at, coalesce(n.quantity, o.quantity) AS quantity,
        coalesce(n.price, o.price) AS price, coalesce(n.weight, o.weight) AS weight,
        coalesce(n.express, o.express) AS express, coalesce(n.note, o.note) AS note,
        coalesce(n."$_ref", o."$_ref") AS "$_ref",
        CASE WHEN o.id IS NULL THEN 'INSERT' WHEN n.id IS NULL THEN 'DELETE'
          WHEN n."$_ref" <> o."$_ref" THEN 'UPDATE' ELSE 'NO_CHANGE' END AS "$_operation",
        now() AS "$_timestamp"
      FROM new_rows AS n FULL OUTER JOIN read_parquet('%s') AS o ON n.id = o.id
      """;

  private final Connection connection;

  PlainEngine(Limits limits, Path directory) throws SQLException {
    connection = DriverManager.getConnection("jdbc:duckdb:");
    run("SET memory_limit = '" + limits.memory() + "'");
    run("SET threads = " + limits.threads());
    run("SET temp_directory = '" + directory.resolve("spill") + "'");
    run("SET TimeZone = 'UTC'");
  }

  /** The yardstick. */
  void copy(Path source, Path target) throws SQLException {
    run("COPY (SELECT * FROM read_csv('%s')) TO '%s' (FORMAT parquet)".formatted(source, target));
  }

  /** What a first sync of the naive sequence leaves for the next one to compare with. */
  void naiveFirst(Path source, Path target) throws SQLException {
    run(NEW_ROWS.formatted(source));
    write("SELECT * FROM new_rows", target);
  }

  /** Counts, changes, total, snapshot: four times the whole query. */
  void naive(Path source, Path previous, Path directory) throws SQLException {
    run(NEW_ROWS.formatted(source));
    run(DIFF.formatted(previous));
    run("SELECT \"$_operation\", count(*) FROM diff GROUP BY 1");
    write(
        "SELECT * FROM diff WHERE \"$_operation\" <> 'NO_CHANGE'",
        directory.resolve("changes.parquet"));
    run("SELECT count(*) FROM diff");
    write("SELECT * FROM diff", directory.resolve("snapshot.parquet"));
  }

  private void write(String select, Path target) throws SQLException {
    run("COPY (%s) TO '%s' (FORMAT parquet, COMPRESSION zstd)".formatted(select, target));
  }

  private void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
