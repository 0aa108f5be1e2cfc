package dev.odyssey.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.housekeeping.Housekeeping;
import dev.odyssey.housekeeping.HousekeepingSettings;
import dev.odyssey.housekeeping.Removal;
import dev.odyssey.sandbox.Fault;
import dev.odyssey.sandbox.Run;
import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.sandbox.SandboxS3;
import dev.odyssey.testing.ContractDatabase;
import dev.odyssey.testing.FaultyS3;
import dev.odyssey.testing.FaultyS3.CutAnswer;
import dev.odyssey.testing.FaultyS3.CutRequest;
import dev.odyssey.testing.FaultyS3.Late;
import dev.odyssey.testing.FaultyS3.Stall;
import dev.odyssey.testing.FaultyS3.Status;
import dev.odyssey.testing.FaultyS3.Trouble;
import dev.odyssey.testing.FaultyS3.WrongLength;
import dev.odyssey.testing.SandboxRunner;
import dev.odyssey.testing.TestStream;
import java.net.URI;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Trouble with the bucket that snapshots go to, one kind at a time. */
class PublishTroubleTest {
  private static final int ROWS = 60_000;
  private static final byte[] LARGE = largerThanAPart();
  private static final byte[] SMALL = "id,name\n1,a\n2,b\n".getBytes(UTF_8);

  private static Sandbox sandbox;
  private static FaultyS3 wire;
  private static SandboxRunner runner;

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.throwAway();
    wire = new FaultyS3(URI.create(sandbox.s3().url()).getPort());
    runner =
        SandboxRunner.start(
            sandbox,
            Map.of(
                "S3_ENDPOINT", wire.url(),
                "UPLOAD_PART_BYTES", "5242880",
                "READ_TIMEOUT_MS", "15000",
                "UPLOAD_TIMEOUT_SECONDS", "15",
                "MAX_RETRIES", "2",
                "TRANSFORM_ISOLATION", "in-process"));
  }

  @AfterAll
  static void stop() throws Exception {
    runner.close();
    wire.close();
    sandbox.close();
  }

  @AfterEach
  void nothingIsHalfDone() {
    wire.mend();
    assertThat(
            sandbox.s3().client().listMultipartUploads(l -> l.bucket(SandboxS3.BUCKET)).uploads())
        .isEmpty();
  }

  static List<Arguments> passing() {
    return List.of(
        Arguments.of("PUT .*partNumber=2", new Status(503, "SlowDown")),
        Arguments.of("PUT .*partNumber=1", new CutRequest(1_000_000)),
        Arguments.of("PUT .*partNumber=2", new CutAnswer(10)),
        Arguments.of("PUT .*partNumber=1", new Stall(100_000)),
        Arguments.of("POST .*uploadId", new Status(200, "InternalError")),
        Arguments.of("POST .*uploadId", new CutAnswer(0)),
        Arguments.of("HEAD .*parquet", new Status(503, "SlowDown")));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void whatPassesCostsNoAttempt(String request, Trouble trouble) throws Exception {
    UUID stream = stream(LARGE);
    wire.spoil(1, request, trouble);

    Run run = runner.sync(stream);

    assertThat(wire.left()).isZero();
    assertPublished(run, ROWS);
    assertThat(outcomes(run)).containsExactly("completed");
  }

  @Test
  void eachStepHasRetriesOfItsOwn() throws Exception {
    UUID stream = stream(LARGE);
    sandbox.storage().failNext(2, Fault.status(500));
    wire.spoil(2, "PUT .*partNumber=2", new Status(503, "SlowDown"));

    Run run = runner.sync(stream);

    assertPublished(run, ROWS);
    assertThat(outcomes(run)).containsExactly("completed");
  }

  @Test
  void anObjectOfAnotherSizeIsWrittenAgainAndNeverPointedTo() throws Exception {
    UUID stream = stream(SMALL);
    wire.spoil(1, "HEAD .*parquet", new WrongLength(7));

    Run run = runner.sync(stream);

    assertPublished(run, 2);
    assertThat(outcomes(run)).containsExactly("retried", "completed");
    assertThat(run.parquetPath()).endsWith(".2.parquet");
  }

  @Test
  void whatDoesNotPassFailsTheRunAndLeavesNoPointer() throws Exception {
    UUID stream = stream(LARGE);
    wire.spoil(20, "PUT .*partNumber=2", new Status(503, "SlowDown"));

    Run run = runner.sync(stream);

    assertThat(run.status()).isEqualTo("failed");
    assertThat(run.errorMessage()).contains("S3 storage answered 503 SlowDown");
    assertThat(outcomes(run)).containsExactly("retried", "dead-lettered");
    assertThat(
            query(
                "select from data_sync_state where data_stream_id = ? and"
                    + " last_snapshot_path is not null",
                stream))
        .isEmpty();
    assertThat(keys(stream)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("brokenDownloads")
  void aBrokenDownloadOfTheLastSnapshotIsTriedAgain(Trouble trouble) throws Exception {
    TestStream source = TestStream.in(sandbox).containing(LARGE);
    UUID stream = source.define();
    runner.sync(stream);
    source.containing(SMALL);
    wire.spoil(1, "GET .*/[0-9a-f-]{36}.parquet", trouble);

    Run run = runner.sync(stream);

    assertThat(wire.left()).isZero();
    assertPublished(run, 2);
    assertThat(outcomes(run)).containsExactly("completed");
    assertThat(run.deleted()).isEqualTo(ROWS);
  }

  static List<Trouble> brokenDownloads() {
    return List.of(new Status(503, "SlowDown"), new CutAnswer(1_000_000));
  }

  @Test
  void anUploadThatEndsAfterTheNextAttemptOverwritesNothing() throws Exception {
    TestStream source = TestStream.in(sandbox).containing(SMALL);
    UUID stream = source.define();
    var late = new Late();
    wire.spoil(1, "PUT .*/[0-9a-f-]{36}.parquet", late);

    UUID run = sandbox.enqueue(stream);
    late.taken().join();
    source.containing("id,name\n1,a\n2,b\n3,c\n".getBytes(UTF_8));
    loseLease(run);
    Run completed = runner.over(run);
    late.release().complete(null);

    assertThat(late.done().join()).startsWith("HTTP/1.1 200");
    assertThat(outcomes(completed)).containsExactly("interrupted", "completed");
    assertPublished(completed, 3);
    String lateKey = completed.parquetPath().replace(".2.parquet", ".parquet");
    assertThat(keys(stream)).containsExactly(completed.parquetPath(), lateKey);
    assertThat(
            new Housekeeping(
                    sandbox.s3().client(),
                    SandboxS3.BUCKET,
                    sandbox.database().dataSource(),
                    new HousekeepingSettings(2, 30, Duration.ZERO, 90, Duration.ofDays(1)))
                .all(false))
        .contains(new Removal(lateKey, "never completed"));
    assertPublished(completed, 3);
  }

  /** As if the visibility timeout had passed without a renewal. */
  private static void loseLease(UUID run) throws Exception {
    query(
        """
        with visible as (
          update pgmq.q_stream_sync_jobs set vt = clock_timestamp()
          where message ->> 'run_id' = ?::text)
        update odyssey.leases set expires_at = clock_timestamp() where run_id = ?
        returning token
        """,
        run,
        run);
  }

  private static UUID stream(byte[] content) throws Exception {
    return TestStream.in(sandbox).containing(content).define();
  }

  private static void assertPublished(Run run, int rows) throws Exception {
    assertThat(run.errorMessage()).isNull();
    assertThat(run.status()).isEqualTo("completed");
    assertThat(sandbox.rows(run.parquetPath())).hasSize(rows);
  }

  private static List<Object> outcomes(Run run) throws Exception {
    return query(
            "select outcome from odyssey.attempts where run_id = ? order by begun_at", run.id())
        .stream()
        .map(row -> row.get("outcome"))
        .toList();
  }

  private static List<String> keys(UUID stream) {
    return sandbox.s3().client().listObjectsV2(l -> l.bucket(SandboxS3.BUCKET)).contents().stream()
        .map(S3Object::key)
        .filter(key -> key.contains(stream.toString()))
        .toList();
  }

  private static List<Map<String, Object>> query(String sql, Object... values) throws Exception {
    try (var connection = sandbox.database().dataSource().getConnection()) {
      return ContractDatabase.rows(connection, sql, values);
    }
  }

  /** Nothing that compresses well. */
  private static byte[] largerThanAPart() {
    var random = new Random(1);
    var csv = new StringBuilder("id,name\n");
    byte[] noise = new byte[90];
    for (int row = 0; row < ROWS; row++) {
      random.nextBytes(noise);
      csv.append(row).append(',').append(Base64.getEncoder().encodeToString(noise)).append('\n');
    }
    return csv.toString().getBytes(UTF_8);
  }
}
