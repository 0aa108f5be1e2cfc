package dev.odyssey.housekeeping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.sandbox.SandboxS3;
import dev.odyssey.testing.SandboxRunner;
import dev.odyssey.testing.TestStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** What housekeeping removes from a real bucket, and what it must never touch. */
class HousekeepingTest {
  private static final UUID TENANT = UUID.randomUUID();
  private static Sandbox sandbox;
  private static S3Client s3;

  private final Housekeeping housekeeping =
      new Housekeeping(
          s3, SandboxS3.BUCKET, sandbox.database().dataSource(), settings(Duration.ZERO));
  private final UUID stream = UUID.randomUUID();
  private final UUID run = UUID.randomUUID();

  @BeforeAll
  static void start() {
    sandbox = Sandbox.throwAway();
    s3 = sandbox.s3().client();
  }

  @AfterAll
  static void stop() {
    sandbox.close();
  }

  @BeforeEach
  void emptyTheBucket() {
    keys().forEach(key -> s3.deleteObject(object -> object.bucket(SandboxS3.BUCKET).key(key)));
  }

  @Test
  void theLastSnapshotsStayAndOlderOnesGoWithTheirChanges() throws Exception {
    List<String> snapshots = new ArrayList<>();
    var changing = TestStream.in(sandbox);
    UUID id = changing.containing("id\n0\n".getBytes(UTF_8)).define();
    try (var runner = SandboxRunner.start(sandbox, Map.of())) {
      for (int sync = 1; sync <= 4; sync++) {
        changing.containing("id\n%d\n".formatted(sync).getBytes(UTF_8));
        snapshots.add(runner.sync(id).parquetPath());
      }
    }
    String changes = put(snapshots.get(1).replace(".parquet", ".changes.parquet"));

    List<Removal> removed = housekeeping.all(false);

    assertThat(removed)
        .contains(
            new Removal(snapshots.get(0), "old snapshot"), new Removal(changes, "old snapshot"));
    assertThat(keys())
        .contains(snapshots.get(2), snapshots.get(3))
        .doesNotContain(snapshots.get(0), snapshots.get(1), changes);
  }

  @Test
  void whatAnAttemptLeftThatNeverCompletedGoes() throws Exception {
    String key = put(key(".parquet"));
    attempt("retried");

    assertThat(housekeeping.all(true)).containsExactly(new Removal(key, "never completed"));
    assertThat(keys()).containsExactly(key);

    assertThat(housekeeping.pass("")).isEmpty();
    assertThat(keys()).isEmpty();
  }

  @Test
  void whatIsForeignStays() throws Exception {
    attempt("retried");
    put("hello.txt");
    put("backups/2026/all.parquet");
    put(TENANT + "/" + stream + "/" + UUID.randomUUID() + ".parquet"); // a run that nobody knows
    put(TENANT + "/" + UUID.randomUUID() + "/" + run + ".parquet"); // another stream's
    put(TENANT + "/" + stream + "/" + run); // no file of ours

    assertThat(housekeeping.all(false)).isEmpty();
    assertThat(keys()).hasSize(5);
  }

  @Test
  void whatAPointerMentionsStaysInPartsToo() throws Exception {
    attempt("retried");
    put(key("/part-0001.parquet"));
    put(key("/part-0002.parquet"));
    execute(
        "insert into data_models (id, tenant_id, name, model_kind, parquet_path) values"
            + " (gen_random_uuid(), '%s', 'm', 'derived', '%s')".formatted(TENANT, key("/")));

    assertThat(housekeeping.all(false)).isEmpty();
    assertThat(keys()).hasSize(2);
  }

  @Test
  void whatAnotherAttemptOfAPublishedRunLeftGoes() throws Exception {
    attempt("crashed");
    attempt("completed");
    String late = put(key(".parquet"));
    String lateParts = put(key(".3/part-0001.parquet"));
    put(key(".2.parquet"));
    put(key(".2.changes.parquet"));
    execute(
        "insert into data_models (id, tenant_id, name, model_kind, parquet_path) values"
            + " (gen_random_uuid(), '%s', 'm', 'base', '%s')".formatted(TENANT, key(".2.parquet")));

    assertThat(housekeeping.all(false))
        .containsExactlyInAnyOrder(
            new Removal(late, "never completed"), new Removal(lateParts, "never completed"));
    assertThat(keys()).containsExactly(key(".2.changes.parquet"), key(".2.parquet"));
  }

  @Test
  void aRunThatWorksOrWaitsKeepsItsObjects() throws Exception {
    UUID token = attempt("running");
    put(key(".parquet"));
    execute(
        "insert into odyssey.leases (token, msg_id, run_id, stream_id, begun_at, expires_at) values"
            + " ('%s', -1, '%s', '%s', now(), now() + interval '1 hour')"
                .formatted(token, run, stream));
    assertThat(housekeeping.all(false)).isEmpty();

    execute("delete from odyssey.leases where token = '" + token + "'");
    execute("select pgmq.send('stream_sync_jobs', '{\"run_id\": \"" + run + "\"}')");
    assertThat(housekeeping.all(false)).isEmpty();

    execute("delete from pgmq.q_stream_sync_jobs where message ->> 'run_id' = '" + run + "'");
    assertThat(housekeeping.all(false)).hasSize(1);
  }

  @Test
  void rejectsOfAFailedRunAreStillThereToLookAt() throws Exception {
    attempt("dead-lettered");
    put(key(".parquet"));
    String rejects = put(key(".rejects.parquet"));

    housekeeping.all(false);
    assertThat(keys()).containsExactly(rejects);

    execute(
        "update odyssey.attempts set ended_at = now() - interval '31 days' where run_id = '"
            + run
            + "'");
    housekeeping.all(false);
    assertThat(keys()).isEmpty();
  }

  @Test
  void nothingGoesBeforeItsGraceIsOver() throws Exception {
    attempt("retried");
    put(key(".parquet"));

    var patient =
        new Housekeeping(
            s3, SandboxS3.BUCKET, sandbox.database().dataSource(), settings(Duration.ofHours(1)));

    assertThat(patient.all(false)).isEmpty();
  }

  @Test
  void uploadsThatBrokeOffAreEnded() throws Exception {
    s3.createMultipartUpload(upload -> upload.bucket(SandboxS3.BUCKET).key(key(".parquet")));
    s3.createMultipartUpload(upload -> upload.bucket(SandboxS3.BUCKET).key("foreign.bin"));

    assertThat(housekeeping.all(false)).extracting(Removal::what).containsExactly(key(".parquet"));

    assertThat(s3.listMultipartUploads(list -> list.bucket(SandboxS3.BUCKET)).uploads())
        .extracting(upload -> upload.key())
        .containsExactly("foreign.bin");
  }

  @Test
  void theHistoryOfRunsThatEndedLongAgoGoes() throws Exception {
    attempt("retried");
    attempt("dead-lettered");
    age("91 days");

    housekeeping.all(true);
    assertThat(attempts()).isEqualTo("2");
    housekeeping.all(false);
    assertThat(attempts()).isEqualTo("0");
  }

  @Test
  void theHistoryStaysWhileSomebodyNeedsIt() throws Exception {
    attempt("dead-lettered");
    age("91 days");

    execute("select pgmq.send('stream_sync_jobs_dlq', '{\"run_id\": \"" + run + "\"}')");
    housekeeping.all(false);
    assertThat(attempts()).as("a dead letter").isEqualTo("1");

    execute("delete from pgmq.q_stream_sync_jobs_dlq");
    snapshot(run, "80 days");
    housekeeping.all(false);
    assertThat(attempts()).as("the present snapshot").isEqualTo("1");

    snapshot(UUID.randomUUID(), "95 days");
    snapshot(UUID.randomUUID(), "99 days");
    UUID gone = UUID.randomUUID();
    snapshot(gone, "100 days");
    housekeeping.all(false);
    assertThat(
            ask(
                "select string_agg(run_id::text, ' ') from odyssey.snapshots where stream_id = '"
                    + stream
                    + "'"))
        .as("left the kept ones 95 days ago")
        .doesNotContain(gone.toString())
        .contains(run.toString());

    attempt("retried");
    housekeeping.all(false);
    assertThat(attempts()).as("a young attempt").isEqualTo("2");
  }

  @Test
  void oneRunnerAtATimeBeginsAPass() throws Exception {
    execute("update odyssey.housekeeping set begun_at = '-infinity', after_key = 'k'");

    assertThat(ask("select odyssey.begin_housekeeping(300)")).isEqualTo("k");
    assertThat(ask("select odyssey.begin_housekeeping(300)")).isNull();
    assertThat(ask("select odyssey.begin_housekeeping(0)")).isEqualTo("k");
  }

  private static HousekeepingSettings settings(Duration grace) {
    return new HousekeepingSettings(2, 30, grace, 90, Duration.ZERO);
  }

  private String key(String rest) {
    return TENANT + "/" + stream + "/" + run + rest;
  }

  private static String put(String key) {
    s3.putObject(object -> object.bucket(SandboxS3.BUCKET).key(key), RequestBody.fromString("x"));
    return key;
  }

  private static List<String> keys() {
    return s3.listObjectsV2(list -> list.bucket(SandboxS3.BUCKET)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  private UUID attempt(String outcome) throws Exception {
    UUID token = UUID.randomUUID();
    execute(
        "insert into odyssey.attempts (token, run_id, msg_id, stream_id, number, begun_at,"
            + " ended_at,"
            + " outcome) values ('%s', '%s', -1, '%s', 1, now(), now(), '%s')"
                .formatted(token, run, stream, outcome));
    return token;
  }

  private void age(String time) throws Exception {
    String sql = "update odyssey.attempts set ended_at = now() - interval '%s' where run_id = '%s'";
    execute(sql.formatted(time, run));
  }

  private void snapshot(UUID of, String ago) throws Exception {
    String sql =
        """
        insert into odyssey.snapshots (path, stream_id, run_id, published_at)
        values ('%s/%s.parquet', '%s', '%s', now() - interval '%s')""";
    execute(sql.formatted(stream, of, stream, of, ago));
  }

  private String attempts() throws Exception {
    return ask("select count(*) from odyssey.attempts where run_id = '" + run + "'");
  }

  private static void execute(String sql) throws Exception {
    try (var connection = sandbox.database().dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String ask(String sql) throws Exception {
    try (var connection = sandbox.database().dataSource().getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery(sql)) {
      return row.next() ? row.getString(1) : null;
    }
  }
}
