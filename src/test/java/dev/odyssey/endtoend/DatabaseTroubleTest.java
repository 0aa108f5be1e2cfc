package dev.odyssey.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.odyssey.database.Outages;
import dev.odyssey.sandbox.Fault;
import dev.odyssey.sandbox.Run;
import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.sandbox.SandboxS3;
import dev.odyssey.testing.ContractDatabase;
import dev.odyssey.testing.SandboxRunner;
import dev.odyssey.testing.TcpProxy;
import dev.odyssey.testing.TestStream;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** The database goes away, comes back, answers wrongly: no job is lost, none done twice. */
class DatabaseTroubleTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final byte[] CONTENT = "id,name\n1,a\n2,b\n3,c\n4,d\n5,e\n6,f\n".getBytes(UTF_8);

  private static Sandbox sandbox;
  private static TcpProxy wire;

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.throwAway();
    wire = new TcpProxy(sandbox.database().port());
  }

  @AfterAll
  static void stop() throws Exception {
    wire.close();
    sandbox.close();
  }

  @Test
  void aJobLongerThanTheVisibilityTimeoutRunsOnce() throws Exception {
    try (var runner = runner(Map.of("VISIBILITY_TIMEOUT_SECONDS", "3"))) {
      Run run = runner.sync(slowStream(Duration.ofSeconds(8)));

      assertThat(run.status()).isEqualTo("completed");
      assertThat(outcomes(run.id())).containsExactly("completed");
    }
  }

  @Test
  void aCompletionThatDidNotReachTheDatabaseIsFinishedWithinTheLeaseAndNotRedone()
      throws Exception {
    try (var runner = runner(Map.of())) {
      UUID stream = slowStream(Duration.ofSeconds(2));
      UUID run = sandbox.enqueue(stream);
      awaitProcessing(run);

      wire.cut();
      await().atMost(PATIENCE).until(() -> isUploaded(stream, run));
      wire.mend();

      assertThat(runner.over(run).status()).isEqualTo("completed");
      assertThat(outcomes(run)).containsExactly("completed");
    }
  }

  @Test
  void anAttemptWhoseLeaseEndsInAnOutageStopsAndTheJobIsDoneOnce() throws Exception {
    try (var runner = runner(Map.of("VISIBILITY_TIMEOUT_SECONDS", "3"))) {
      UUID run = sandbox.enqueue(slowStream(Duration.ofSeconds(9)));
      awaitProcessing(run);

      wire.cut();
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  query("select from odyssey.leases where expires_at > clock_timestamp()")
                      .isEmpty());
      wire.mend();

      assertThat(runner.over(run).status()).isEqualTo("completed");
      assertThat(outcomes(run)).endsWith("completed").containsOnlyOnce("completed");
      assertThat(outcomes(run)).doesNotContain("crashed");
    }
  }

  @Test
  void anOutageIsToldOnceAndOverOnceAndTheRunnerIsNotReadyMeanwhile() throws Exception {
    var logger = (Logger) LoggerFactory.getLogger(Outages.class);
    var told = new ListAppender<ILoggingEvent>();
    told.start();
    try (var runner = runner(Map.of())) {
      await().atMost(PATIENCE).until(() -> runner.get("/ready").statusCode() == 200);
      logger.addAppender(told);

      wire.cut();
      await().atMost(PATIENCE).until(() -> runner.get("/ready").statusCode() == 503);
      await().atMost(PATIENCE).until(() -> !told.list.isEmpty());
      UUID run = sandbox.enqueue(slowStream(Duration.ZERO));
      wire.mend();

      assertThat(runner.over(run).status()).isEqualTo("completed");
      await().atMost(PATIENCE).until(() -> runner.get("/ready").statusCode() == 200);
    } finally {
      logger.detachAppender(told);
    }
    assertThat(told.list)
        .extracting(ILoggingEvent::getLevel)
        .containsExactly(Level.WARN, Level.INFO);
    assertThat(told.list).allMatch(event -> event.getThrowableProxy() == null);
  }

  @Test
  void aServerThatBecameAStandbyIsLeftForThePrimary() throws Exception {
    try (var runner = runner(Map.of())) {
      await().atMost(PATIENCE).until(() -> runner.get("/ready").statusCode() == 200);

      execute("alter role odyssey_runner set default_transaction_read_only = on");
      disconnectAll();
      await().atMost(PATIENCE).until(() -> runner.get("/ready").body().contains("read-only"));
      assertThat(runner.get("/ready").statusCode()).isEqualTo(503);
      UUID run = sandbox.enqueue(slowStream(Duration.ZERO));
      execute("alter role odyssey_runner reset default_transaction_read_only");

      assertThat(runner.over(run).status()).isEqualTo("completed");
      await().atMost(PATIENCE).until(() -> runner.get("/ready").statusCode() == 200);
    } finally {
      execute("alter role odyssey_runner reset default_transaction_read_only");
    }
  }

  @Test
  void connectionsCutByTheServerAgainAndAgainCostNothing() throws Exception {
    try (var runner = runner(Map.of())) {
      UUID run = sandbox.enqueue(slowStream(Duration.ofSeconds(3)));
      awaitProcessing(run);
      disconnectAll();
      disconnectAll();

      assertThat(runner.over(run).status()).isEqualTo("completed");
      assertThat(outcomes(run)).containsExactly("completed");
    }
  }

  @Test
  void noTransactionIsOpenWhileAJobWorks() throws Exception {
    try (var runner = runner(Map.of())) {
      UUID run = sandbox.enqueue(slowStream(Duration.ofSeconds(3)));
      awaitProcessing(run);

      String open =
          "select query from pg_stat_activity where usename = 'odyssey_runner'"
              + " and state like 'idle in transaction%'";
      while (!runner.isOver(run)) {
        assertThat(query(open)).isEmpty();
      }
    }
  }

  private static SandboxRunner runner(Map<String, String> settings) throws Exception {
    var all = new HashMap<>(settings);
    all.put("DATABASE_URL", "postgres://odyssey_runner:x@127.0.0.1:" + wire.port() + "/postgres");
    all.put("DATABASE_LISTEN", "false");
    return SandboxRunner.start(sandbox, all);
  }

  private static UUID slowStream(Duration download) throws Exception {
    if (!download.isZero()) {
      long bytesPerSecond = Math.max(1, CONTENT.length / download.toSeconds());
      sandbox.storage().failNext(1, new Fault.Slowness(bytesPerSecond));
    }
    return TestStream.in(sandbox).at(UUID.randomUUID() + ".csv").containing(CONTENT).define();
  }

  private static void awaitProcessing(UUID run) {
    await().atMost(PATIENCE).until(() -> sandbox.run(run).status().equals("processing"));
  }

  private static boolean isUploaded(UUID stream, UUID run) {
    return sandbox
        .s3()
        .client()
        .listObjectsV2(list -> list.bucket(SandboxS3.BUCKET))
        .contents()
        .stream()
        .anyMatch(object -> object.key().endsWith(stream + "/" + run + ".parquet"));
  }

  private static List<Object> outcomes(UUID run) throws Exception {
    return query("select outcome from odyssey.attempts where run_id = ? order by begun_at", run)
        .stream()
        .map(row -> row.get("outcome"))
        .toList();
  }

  private static void disconnectAll() throws Exception {
    query(
        "select pg_terminate_backend(pid) from pg_stat_activity where usename = 'odyssey_runner'");
  }

  private static List<Map<String, Object>> query(String sql, Object... values) throws Exception {
    try (var connection = sandbox.database().dataSource().getConnection()) {
      return ContractDatabase.rows(connection, sql, values);
    }
  }

  private static void execute(String sql) throws Exception {
    try (var connection = sandbox.database().dataSource().getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
