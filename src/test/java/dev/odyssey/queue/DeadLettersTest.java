package dev.odyssey.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.testing.ContractDatabase;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DeadLettersTest {
  @AutoClose private static final ContractDatabase database = ContractDatabase.start();

  private UUID stream;
  private UUID run;

  @BeforeEach
  void aRunFailed() {
    database.execute(
        "truncate pgmq.q_stream_sync_jobs, pgmq.q_stream_sync_jobs_dlq, odyssey.leases");
    stream = database.stream(UUID.randomUUID());
    run = database.enqueue(stream);
    database.retry(begun(), 3);
    database.deadLetter(begun());
  }

  @Test
  void aLetterTellsTheJobItsAttemptsAndWhatToDo() {
    Map<String, Object> letter = database.rows("select * from odyssey.dead_letters()").get(0);

    assertThat(letter)
        .containsEntry("stream_id", stream.toString())
        .containsEntry("run_id", run.toString())
        .containsEntry("error", "bad file")
        .containsEntry("advice", "mend it")
        .containsEntry("redrivable", true);
    assertThat(letter.get("message").toString()).contains(run.toString(), "trigger_type");
    assertThat(letter.get("attempts").toString())
        .contains("storage is away", "bad file", "begun_at", "ended_at");
    assertThat(database.status(run)).isEqualTo("failed");
  }

  @Test
  void aRedriveGivesFreshAttemptsAndKeepsTheHistory() {
    assertThat(database.value("select odyssey.redrive(p_stream_id => ?)", stream)).isEqualTo(run);

    assertThat(database.status(run)).isEqualTo("pending");
    assertThat(database.retry(begun(), 2)).isEqualTo("retrying");
    assertThat(database.retry(begun(), 2)).isEqualTo("dead-lettered");
    assertThat(database.value("select jsonb_array_length(attempts) from odyssey.dead_letters()"))
        .isEqualTo(4);
  }

  @Test
  void oneLetterIsChosenByItsIdAndAStreamsByTheStream() {
    database.enqueueNew();
    database.deadLetter(begun());
    Object mine =
        database.value("select msg_id from odyssey.dead_letters(p_stream_id => ?)", stream);

    assertThat(database.rows("select odyssey.discard_dead_letters(p_msg_id => ?)", mine))
        .hasSize(1);

    assertThat(database.rows("select odyssey.redrive(p_stream_id => ?)", stream)).isEmpty();
    assertThat(database.rows("select odyssey.redrive()")).hasSize(1);
    assertThat(database.count("pgmq.q_stream_sync_jobs_dlq")).isZero();
  }

  private static UUID begun() {
    UUID token = database.claim("runner", 1, 60).get(0).token();
    database.begin(token);
    return token;
  }
}
