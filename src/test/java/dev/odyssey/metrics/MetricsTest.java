package dev.odyssey.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.odyssey.sandbox.Fault;
import dev.odyssey.sandbox.Run;
import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.testing.Exposition;
import dev.odyssey.testing.SandboxRunner;
import dev.odyssey.testing.TestStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a scrape tells of what happened. */
class MetricsTest {
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
  void aCompletedRunIsCountedByStepRowsAndBytes() throws Exception {
    Exposition before = scrape();

    runner.sync(stream("id,n\n1,a\n2,b\n3,c\n"));

    await()
        .until(
            () -> attempts(scrape(), "completed", "none") > attempts(before, "completed", "none"));
    Exposition after = scrape();
    assertThat(more(before, after, "odyssey_rows_total{change=inserted}")).isEqualTo(3);
    assertThat(more(before, after, "odyssey_transferred_bytes_total{direction=downloaded}"))
        .isEqualTo("id,n\n1,a\n2,b\n3,c\n".length());
    assertThat(more(before, after, "odyssey_transferred_bytes_total{direction=published}"))
        .isPositive();
    String count = "odyssey_step_duration_seconds_count{outcome=completed,step=transform-source}";
    assertThat(more(before, after, count)).isEqualTo(1);
  }

  @Test
  void aFailedRunIsCountedByItsReason() throws Exception {
    Exposition before = scrape();

    runner.sync(TestStream.in(sandbox).at("not/there.csv").define());

    await()
        .until(
            () ->
                attempts(scrape(), "dead-lettered", "refused")
                    == attempts(before, "dead-lettered", "refused") + 1);
    String failed = "odyssey_step_duration_seconds_count{outcome=failed,step=download-source}";
    assertThat(more(before, scrape(), failed)).isEqualTo(1);
  }

  @Test
  void aRetriedRunIsCountedByEachAttempt() throws Exception {
    Exposition before = scrape();
    UUID stream = stream("id\n1\n");
    sandbox.storage().failNext(3, Fault.status(503));

    runner.sync(stream);

    await()
        .untilAsserted(
            () ->
                assertThat(
                        attempts(scrape(), "retrying", "temporary")
                            - attempts(before, "retrying", "temporary"))
                    .isEqualTo(1));
  }

  @Test
  void badValuesAreCounted() throws Exception {
    Exposition before = scrape();
    UUID stream =
        TestStream.in(sandbox)
            .mapping("[{\"source\":\"n\",\"target\":\"n\"}]")
            .containing("n\n1\n2\nx\n".getBytes(UTF_8))
            .define();
    execute(
        "update data_streams set schema = '[{\"name\":\"n\",\"type\":\"integer\"}]' where id = '"
            + stream
            + "'");

    Run run = runner.sync(stream);

    assertThat(run.errorDetails()).contains("badValues");
    await()
        .untilAsserted(
            () -> assertThat(more(before, scrape(), "odyssey_bad_values_total")).isEqualTo(1));
  }

  @Test
  void claimsAreTimed() throws Exception {
    String claims = "odyssey_route_duration_seconds_count{outcome=completed,route=claim-jobs}";
    Exposition before = scrape();

    runner.sync(stream("id\n1\n"));

    await().untilAsserted(() -> assertThat(more(before, scrape(), claims)).isPositive());
  }

  @Test
  void theQueueIsCountedAsTheDatabaseHasIt() throws Exception {
    await()
        .untilAsserted(
            () ->
                assertThat(scrape().text()).contains("odyssey_queue_jobs{state=\"waiting\"} 0.0"));
    execute(
        "select pgmq.send('stream_sync_jobs_dlq', jsonb_build_object('run_id', gen_random_uuid()))");

    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () ->
                assertThat(scrape().value("odyssey_queue_jobs{state=dead-lettered}"))
                    .isEqualTo(letters()));
  }

  @Test
  void heldLeasesAreCountedWhenTheyAreRenewed() throws Exception {
    double before = scrape().value("odyssey_lease_renewals_total{result=renewed}");
    sandbox.storage().failNext(1, new Fault.Slowness(20));
    UUID run = sandbox.enqueue(stream("id\n" + "1234567\n".repeat(15)));

    await().until(() -> scrape().value("odyssey_lease_renewals_total{result=renewed}") > before);

    runner.over(run);
  }

  @Test
  void noLabelNamesAStreamARunOrATenant() throws Exception {
    UUID stream = stream("id\n1\n");
    Run run = runner.sync(stream);

    assertThat(scrape().text())
        .doesNotContain(stream.toString(), run.id().toString())
        .doesNotContain("c0000000-0000-4000-8000-000000000003")
        .doesNotContainPattern("[0-9a-f]{8}-[0-9a-f]{4}-");
  }

  @Test
  void whoeverReadsOpenMetricsGetsThem() throws Exception {
    var answer =
        SandboxRunner.httpClient()
            .send(
                HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + runner.healthPort() + "/metrics"))
                    .header("Accept", "application/openmetrics-text;version=1.0.0,text/plain;q=0.5")
                    .build(),
                BodyHandlers.ofString());

    assertThat(answer.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/openmetrics-text");
    assertThat(answer.body()).endsWith("# EOF\n");
  }

  @Test
  void aScrapeIsAnsweredWithinASecondThoughTheDatabaseHangs() throws Exception {
    try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String url = "postgres://a:b@127.0.0.1:" + silent.getLocalPort() + "/x";
      var settings = Map.of("DATABASE_URL", url, "SHUTDOWN_TIMEOUT_SECONDS", "1");
      try (var cutOff = SandboxRunner.start(sandbox, settings)) {
        var request =
            HttpRequest.newBuilder(
                    URI.create("http://127.0.0.1:" + cutOff.healthPort() + "/metrics"))
                .timeout(Duration.ofSeconds(1))
                .build();

        var answer = SandboxRunner.httpClient().send(request, BodyHandlers.ofString());

        assertThat(answer.body())
            .contains("odyssey_ready{dependency=\"database\"} 0.0")
            .contains("odyssey_queue_jobs{state=\"waiting\"} NaN");
      }
    }
  }

  @Test
  void nothingIsThereWhenMetricsAreOff() throws Exception {
    try (var without = SandboxRunner.start(sandbox, Map.of("METRICS_ENABLED", "false"))) {
      assertThat(without.get("/metrics").statusCode()).isEqualTo(404);

      assertThat(without.sync(stream("id\n1\n")).status()).isEqualTo("completed");
    }
  }

  private static Exposition scrape() throws Exception {
    var answer = runner.get("/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    return new Exposition(answer.body());
  }

  private static double attempts(Exposition scrape, String ending, String reason) {
    return scrape.value("odyssey_attempts_total{ending=%s,reason=%s}".formatted(ending, reason));
  }

  private static double more(Exposition before, Exposition after, String sample) {
    return after.value(sample) - before.value(sample);
  }

  private static UUID stream(String content) throws Exception {
    return TestStream.in(sandbox)
        .at(UUID.randomUUID() + ".csv")
        .containing(content.getBytes(UTF_8))
        .define();
  }

  private static double letters() throws Exception {
    try (var connection = sandbox.database().dataSource().getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("select count(*) from pgmq.q_stream_sync_jobs_dlq")) {
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
