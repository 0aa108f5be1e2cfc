package dev.odyssey.queue;

import java.sql.Timestamp;
import java.util.Map;
import java.util.UUID;

/** Reads claimed messages. Stateless. */
public final class Jobs {

  /**
   * @param row one row of {@code odyssey.claim_jobs}
   */
  public Job of(Map<String, Object> row) {
    return new Job(
        uuid(row, "token"),
        ((Number) row.get("msg_id")).longValue(),
        uuid(row, "stream_id"),
        uuid(row, "tenant_id"),
        uuid(row, "run_id"),
        text(row, "trigger_type"),
        text(row, "stream_name"),
        row.get("queued_at") instanceof Timestamp time ? time.toInstant() : null);
  }

  private static UUID uuid(Map<String, Object> row, String column) {
    String text = text(row, column);
    return text == null ? null : UUID.fromString(text);
  }

  private static String text(Map<String, Object> row, String column) {
    Object value = row.get(column);
    return value == null ? null : value.toString();
  }
}
