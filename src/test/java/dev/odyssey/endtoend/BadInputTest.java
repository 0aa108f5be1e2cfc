package dev.odyssey.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.sandbox.Run;
import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.testing.SandboxRunner;
import dev.odyssey.testing.TestStream;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each bad input costs one run, which says clearly why; its message is a dead letter. */
class BadInputTest {
  private static Sandbox sandbox;
  private static SandboxRunner runner;

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.throwAway();
    runner = SandboxRunner.start(sandbox, Map.of());
  }

  @AfterAll
  static void stop() throws Exception {
    runner.close();
    sandbox.close();
  }

  @Test
  void anUnknownStream() throws Exception {
    UUID stream = UUID.randomUUID();
    execute(
        """
        select pgmq.send('stream_sync_jobs', jsonb_build_object('stream_id', '%s', 'tenant_id', '%s',
          'run_id', '%s', 'trigger_type', 'manual', 'stream_name', 'gone'))
        """
            .formatted(stream, UUID.randomUUID(), UUID.randomUUID()));

    String letters = "pgmq.q_stream_sync_jobs_dlq where message::text like '%Unknown stream %s%'";
    await().until(() -> count(letters.replace("%s", stream.toString())) == 1);
  }

  @Test
  void aStreamWithoutSource() throws Exception {
    UUID stream = TestStream.in(sandbox).define();
    execute("update data_streams set source_data_source_id = null where id = '" + stream + "'");

    assertDeadLetter(runner.sync(stream), "has no source");
  }

  /**
   * Each that ends has the next one claimed, which must not be taken for the same failure again.
   */
  @Test
  void manyStreamsWithoutSourceAtOnce() throws Exception {
    String streams = "data_streams where name like 'sourceless%'";
    execute(
        "insert into data_streams (tenant_id, name)"
            + " select gen_random_uuid(), 'sourceless ' || n from generate_series(1, 100) as n");

    execute("select odyssey.enqueue_sync(id, 'manual') from " + streams);

    String failed =
        "stream_sync_runs where status = 'failed' and data_stream_id in (select id from %s)"
            .formatted(streams);
    await().atMost(Duration.ofSeconds(60)).until(() -> count(failed) == 100);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "repeat('[', 1500) || repeat(']', 1500)",
        "'{\"' || repeat('k', 60000) || '\": 1}'",
        "repeat('9', 2000)"
      })
  void aDefinitionThatIsBeyondEveryReader(String json) throws Exception {
    UUID stream = TestStream.in(sandbox).define();
    execute("update data_streams set schema = (%s)::jsonb where id = '%s'".formatted(json, stream));

    assertDeadLetter(runner.sync(stream), "exceeds the maximum allowed");
  }

  @Test
  void aMissingSourceObject() throws Exception {
    UUID stream = TestStream.in(sandbox).at("not/there.csv").define();

    assertDeadLetter(runner.sync(stream), "NoSuchKey", "schema-files/not/there.csv");
  }

  @Test
  void anUnknownSourceType() throws Exception {
    UUID stream = TestStream.in(sandbox).ofType("pigeon").define();

    assertDeadLetter(runner.sync(stream), "unknown source type 'pigeon'; known are file,");
  }

  @Test
  void moreBrokenRowsThanTheLimitAreThereToLookAtAndNothingElseIs() throws Exception {
    UUID stream = TestStream.in(sandbox).containing("a,b\n1,2\n3\n4\n5\n".getBytes(UTF_8)).define();

    Run run = runner.sync(stream);

    assertDeadLetter(run, "3 of 4 rows cannot be taken", "more than the limit of 50%");
    String rejects = new ObjectMapper().readTree(run.errorDetails()).path("rejectsKey").asText();
    assertThat(sandbox.rows(rejects))
        .extracting(row -> row.get("raw"))
        .containsExactly("3", "4", "5");
    assertThat(sandbox.s3().client().listObjectsV2(o -> o.bucket("streams")).contents())
        .extracting(object -> object.key())
        .filteredOn(key -> key.contains(stream.toString()))
        .containsExactly(rejects);
  }

  @Test
  void aMappingToAColumnThatIsNotThere() throws Exception {
    UUID stream =
        TestStream.in(sandbox)
            .mapping("[{\"source\":\"colour\",\"target\":\"color\"}]")
            .containing("id,name\n1,a\n".getBytes(UTF_8))
            .define();

    assertDeadLetter(runner.sync(stream), "colour", "id", "name");
  }

  @Test
  void aFileThatIsNotItsFormat() throws Exception {
    UUID stream =
        TestStream.in(sandbox)
            .at("text.parquet")
            .containing("this is no Parquet".getBytes(UTF_8))
            .define();

    assertDeadLetter(runner.sync(stream), "arquet");
  }

  @Test
  void anEmptyFile() throws Exception {
    UUID stream = TestStream.in(sandbox).containing(new byte[0]).define();

    assertDeadLetter(runner.sync(stream), "empty");
  }

  @Test
  void aMissingBucketForSnapshots() throws Exception {
    UUID stream = TestStream.in(sandbox).containing("id\n1\n".getBytes(UTF_8)).define();
    runner.close();
    try (var elsewhere = SandboxRunner.start(sandbox, Map.of("STREAMS_BUCKET", "nowhere"))) {
      assertDeadLetter(elsewhere.sync(stream), "NoSuchBucket", "bucket");
    } finally {
      runner = SandboxRunner.start(sandbox, Map.of());
    }
  }

  @Test
  void anUnreachableStorageIsTriedAgainThenADeadLetter() throws Exception {
    UUID stream = TestStream.in(sandbox).containing("id\n1\n".getBytes(UTF_8)).define();
    runner.close();
    String nobody = "http://127.0.0.1:" + SandboxRunner.freePort();
    var settings = Map.of("SUPABASE_URL", nobody, "MAX_RETRIES", "2");
    try (var cutOff = SandboxRunner.start(sandbox, settings)) {
      assertDeadLetter(cutOff.sync(stream), "refused");
    } finally {
      runner = SandboxRunner.start(sandbox, Map.of());
    }
    assertThat(count("odyssey.attempts where stream_id = '" + stream + "'")).isEqualTo(2);
  }

  private static void assertDeadLetter(Run run, String... parts) throws Exception {
    assertThat(run.status()).isEqualTo("failed");
    assertThat(run.errorMessage()).contains(parts);
    assertThat(count("pgmq.q_stream_sync_jobs_dlq where message::text like '%" + run.id() + "%'"))
        .isEqualTo(1);
    assertThat(count("pgmq.q_stream_sync_jobs where message::text like '%" + run.id() + "%'"))
        .isZero();
  }

  private static long count(String from) throws Exception {
    try (var connection = sandbox.database().dataSource().getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("select count(*) from " + from)) {
      row.next();
      return row.getLong(1);
    }
  }

  private static void execute(String sql) throws Exception {
    try (var connection = sandbox.database().dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
