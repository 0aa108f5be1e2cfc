package dev.odyssey.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.odyssey.testing.ContractDatabase;
import dev.odyssey.testing.ContractDatabase.Claimed;
import java.util.List;
import java.util.UUID;

/** A message that anybody may have sent to the queue. */
final class OddMessage {
  private OddMessage() {}

  /** Sends it before a sound one, and requires that it is a job or a dead letter that says why. */
  static void send(ContractDatabase database, JsonNode message) {
    database.execute(
        "truncate pgmq.q_stream_sync_jobs, pgmq.q_stream_sync_jobs_dlq, odyssey.leases");
    Object odd =
        database.value("select pgmq.send('stream_sync_jobs', ?::jsonb)", message.toString());
    UUID sound = database.enqueueNew();

    List<Claimed> claimed = database.claim("runner", 5, 60);

    assertThat(claimed).extracting(Claimed::runId).contains(sound);
    boolean isJob = claimed.stream().anyMatch(job -> odd.equals(job.msgId()));
    assertThat(database.count("pgmq.q_stream_sync_jobs where msg_id = ?", odd))
        .isEqualTo(isJob ? 1 : 0);
    assertThat(database.count("odyssey.dead_letters() where error <> '' and advice <> ''"))
        .isEqualTo(isJob ? 0 : 1);
    if (isJob) {
      UUID token =
          claimed.stream().filter(job -> odd.equals(job.msgId())).findFirst().orElseThrow().token();
      assertThat(database.begin(token)).isTrue();
      assertThat(database.deadLetter(token)).isEqualTo(true);
    }
    assertThat(database.count("odyssey.dead_letters()")).isEqualTo(1);
  }
}
