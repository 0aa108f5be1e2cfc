package dev.odyssey.sandbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/**
 * A row of {@code stream_sync_runs} as the sandbox's database has it. Immutable.
 *
 * @param took from enqueued to ended; null while it is under way
 * @param parquetPath key of the snapshot in the bucket; null where there is none
 * @param errorDetails JSON; null where there is none
 */
public record Run(
    UUID id,
    String status,
    long processed,
    long inserted,
    long updated,
    long deleted,
    long bytes,
    Duration took,
    String parquetPath,
    String errorMessage,
    String errorDetails) {

  public boolean isOver() {
    return switch (status) {
      case "completed", "failed", "cancelled" -> true;
      default -> false;
    };
  }

  public boolean isCompleted() {
    return status.equals("completed");
  }

  /** Counts that nobody has told yet are 0. */
  static Run read(ResultSet row) throws SQLException {
    long tookMillis = row.getLong("took_millis");
    Duration took = row.wasNull() ? null : Duration.ofMillis(tookMillis);
    return new Run(
        row.getObject("id", UUID.class),
        row.getString("status"),
        row.getLong("rows_processed"),
        row.getLong("rows_inserted"),
        row.getLong("rows_updated"),
        row.getLong("rows_deleted"),
        row.getLong("file_size_bytes"),
        took,
        row.getString("parquet_path"),
        row.getString("error_message"),
        row.getString("error_details"));
  }
}
