package dev.odyssey.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.testing.ContractDatabase;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DlqCommandTest {
  @AutoClose private static final ContractDatabase database = ContractDatabase.start();

  @TempDir Path directory;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private UUID stream;
  private UUID run;

  @BeforeEach
  void aRunFailed() {
    database.execute(
        "truncate pgmq.q_stream_sync_jobs, pgmq.q_stream_sync_jobs_dlq, odyssey.leases");
    stream = database.stream(UUID.randomUUID());
    run = database.enqueue(stream);
    UUID token = database.claim("runner", 1, 60).get(0).token();
    database.begin(token);
    database.deadLetter(token);
  }

  @Test
  void listShowsEachLetterOnALine() throws Exception {
    assertThat(odyssey("dlq", "list")).isZero();

    assertThat(out.toString()).contains("stream " + stream.toString().substring(0, 8), "bad file");
  }

  @Test
  void listAndShowSpeakJson() throws Exception {
    assertThat(odyssey("dlq", "list", "--json", "--stream", stream.toString())).isZero();
    JsonNode letter = new ObjectMapper().readTree(out.toString()).get(0);
    assertThat(letter.get("run_id").asText()).isEqualTo(run.toString());
    assertThat(letter.get("attempts")).hasSize(1);

    assertThat(odyssey("dlq", "show", letter.get("msg_id").asText(), "--json")).isZero();
    assertThat(new ObjectMapper().readTree(out.toString())).isEqualTo(letter);
    assertThat(odyssey("dlq", "show", "987654321")).isEqualTo(1);
    assertThat(err.toString()).contains("There is no dead letter 987654321");
  }

  @Test
  void aDryRunChangesNothing() throws Exception {
    assertThat(odyssey("dlq", "redrive", "--all", "--dry-run")).isZero();
    assertThat(out.toString()).contains(run.toString());
    assertThat(odyssey("dlq", "discard", "--all", "--dry-run")).isZero();
    assertThat(err.toString()).contains("1 would be discarded");

    assertThat(database.count("pgmq.q_stream_sync_jobs_dlq")).isEqualTo(1);
  }

  @Test
  void redrivePutsBackOneByItsIdOrAStreams() throws Exception {
    Object message = database.value("select msg_id from odyssey.dead_letters()");

    assertThat(odyssey("dlq", "redrive", message.toString())).isZero();

    assertThat(out.toString()).isEqualToIgnoringNewLines(run.toString());
    assertThat(database.status(run)).isEqualTo("pending");
    assertThat(odyssey("redrive", "--stream", stream.toString(), "--json")).isZero();
    assertThat(out.toString()).contains("\"runs\":[]");
  }

  @Test
  void discardThrowsAwayAndLeavesTheRunFailed() throws Exception {
    assertThat(odyssey("dlq", "discard", "--stream", stream.toString())).isZero();

    assertThat(database.count("pgmq.q_stream_sync_jobs_dlq")).isZero();
    assertThat(database.status(run)).isEqualTo("failed");
  }

  @Test
  void whichLettersMustBeSaid() throws Exception {
    assertThat(odyssey("dlq", "redrive")).isEqualTo(2);
    assertThat(odyssey("dlq", "discard", "1", "--all")).isEqualTo(2);
  }

  @Test
  void cancelSaysWhatBecameOfTheRun() throws Exception {
    UUID waiting = database.enqueueNew();

    assertThat(odyssey("cancel", waiting.toString())).isZero();
    assertThat(out.toString()).isEqualToIgnoringNewLines("cancelled");
    assertThat(odyssey("cancel", waiting.toString(), "--json")).isEqualTo(1);
    assertThat(new ObjectMapper().readTree(out.toString()).get("answer").asText())
        .isEqualTo("finished");
    assertThat(odyssey("cancel", run.toString())).isEqualTo(1);
    assertThat(out.toString()).isEqualToIgnoringNewLines("finished");
  }

  @Test
  void theWaitForTheNextAttemptIsToldOnceWhereLinesStay() throws Exception {
    UUID waiting = UUID.randomUUID();
    database.execute(
        "insert into data_streams (id, tenant_id, name) values (?, ?, 'slow')", waiting, waiting);
    UUID slow = database.enqueue(waiting);
    UUID token = database.claim("runner", 1, 60).get(0).token();
    database.begin(token);
    database.value(
        "select odyssey.retry_run(?, 3, 5, '{\"message\": \"storage is away\"}')", token);

    Thread watch = new Thread(() -> enqueueAndWait(waiting));
    watch.start();
    await().until(() -> err.toString().contains("slow: retrying in "));
    await().until(() -> (Boolean) database.value("select vt < now() from pgmq.q_stream_sync_jobs"));
    database.value("select odyssey.cancel_run(?)::text", slow);
    watch.join();

    assertThat(err.toString().lines().filter(line -> line.contains("retrying"))).hasSize(1);
  }

  private void enqueueAndWait(UUID waiting) {
    try {
      odyssey("enqueue", waiting.toString(), "--wait");
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private int odyssey(String... arguments) throws Exception {
    out.getBuffer().setLength(0);
    err.getBuffer().setLength(0);
    Path config = directory.resolve("application.properties");
    Files.writeString(config, "DATABASE_URL=" + database.server().url());
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--config", config.toString()));
    return Odyssey.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }
}
