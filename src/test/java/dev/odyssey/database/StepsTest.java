package dev.odyssey.database;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.testing.ContractDatabase;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** How long the steps of attempts took, kept by the statement that ends the attempt. */
class StepsTest {
  @AutoClose private static final ContractDatabase database = ContractDatabase.start();

  @Test
  void theStepThatFailedAndTheOneUnderWayAreBrokenOff() {
    UUID token = attempt();

    record(
        token,
        """
        [{"step": "download-source", "begunAt": 1700000000000, "millis": 1500},
         {"step": "transform-source", "begunAt": 1700000001500, "millis": 20, "brokenOff": true},
         {"step": "publish-snapshot", "begunAt": 1700000001520}]""",
        false);

    assertThat(
            database.value(
                "select string_agg(concat_ws(' ', number, step, extract(epoch from begun_at)::bigint,"
                    + " least(millis, 9999), broken_off), ', ' order by number)"
                    + " from odyssey.steps where token = '"
                    + token
                    + "'"))
        .isEqualTo(
            "1 download-source 1700000000 1500 f, 2 transform-source 1700000002 20 t,"
                + " 3 publish-snapshot 1700000002 9999 t");
  }

  @Test
  void whatCannotBeReadNeverFailsTheEndOfAnAttempt() {
    UUID token = attempt();

    record(token, "null", true);
    record(token, "\"x\"", true);
    record(token, "[1, null, {}, {\"step\": \"a\", \"begunAt\": 1e300}, {\"step\": 3}]", true);
    record(token, "[{\"step\": \"a\", \"begunAt\": 1, \"millis\": \"long\"}]", true);
    record(token, "[{\"step\": \"a\", \"begunAt\": 1, \"millis\": 2}]", true);

    assertThat(database.value("select count(*) from odyssey.steps where token = '" + token + "'"))
        .isEqualTo(1L);
  }

  @Test
  void theyGoWithTheirAttempt() {
    UUID token = attempt();
    record(token, "[{\"step\": \"a\", \"begunAt\": 1, \"millis\": 2}]", true);

    database.execute("delete from odyssey.attempts where token = ?", token);

    assertThat(database.value("select count(*) from odyssey.steps where token = '" + token + "'"))
        .isEqualTo(0L);
  }

  private static UUID attempt() {
    UUID token = UUID.randomUUID();
    database.execute(
        "insert into odyssey.attempts (token, run_id, msg_id, stream_id, number, begun_at)"
            + " values (?, gen_random_uuid(), 1, gen_random_uuid(), 1, now())",
        token);
    return token;
  }

  private static void record(UUID token, String steps, boolean completed) {
    database.execute("select odyssey.record_steps(?, ?::jsonb, ?)", token, steps, completed);
  }
}
