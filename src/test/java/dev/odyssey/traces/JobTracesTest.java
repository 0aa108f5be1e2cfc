package dev.odyssey.traces;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.odyssey.sandbox.Fault;
import dev.odyssey.sandbox.Run;
import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.testing.HttpReceiver;
import dev.odyssey.testing.SandboxRunner;
import dev.odyssey.testing.TestStream;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status.StatusCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a collector gets of real runs. */
class JobTracesTest {
  private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
  private static final String ASKER = "b7ad6b7169203331";
  private static final String SECRET = "the-collectors-key";

  private static Sandbox sandbox;
  private static HttpReceiver collector;
  private static SandboxRunner runner;

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.throwAway();
    collector = new HttpReceiver();
    runner =
        SandboxRunner.start(
            sandbox,
            Map.of(
                "TRACES_ENABLED",
                "true",
                "OTEL_EXPORTER_OTLP_ENDPOINT",
                collector.url().toString(),
                "OTEL_EXPORTER_OTLP_HEADERS",
                "authorization=Bearer%20" + SECRET));
  }

  @AfterAll
  static void stop() throws Exception {
    try {
      runner.close();
    } finally {
      collector.close();
      sandbox.close();
    }
  }

  @Test
  void aJobIsOneTraceWithItsStepsBelowTheAttempt() throws Exception {
    UUID stream = stream("id,name\n1,Anna Secretrow\n2,Bert\n");

    Run run = runner.sync(stream);

    List<Span> spans = spansOf(run);
    Span attempt = named(spans, "process-job");
    assertThat(attempt.getParentSpanId()).isEmpty();
    assertThat(attempt.getKind()).isEqualTo(Span.SpanKind.SPAN_KIND_CONSUMER);
    assertThat(hex(attempt.getTraceId())).isEqualTo(run.id().toString().replace("-", ""));
    assertThat(spans)
        .filteredOn(span -> !span.equals(attempt))
        .allSatisfy(
            step -> {
              assertThat(step.getParentSpanId()).isEqualTo(attempt.getSpanId());
              assertThat(step.getTraceId()).isEqualTo(attempt.getTraceId());
              assertThat(step.getStartTimeUnixNano())
                  .isBetween(attempt.getStartTimeUnixNano(), attempt.getEndTimeUnixNano());
              assertThat(step.getEndTimeUnixNano())
                  .isBetween(step.getStartTimeUnixNano(), attempt.getEndTimeUnixNano());
            })
        .extracting(Span::getName)
        .containsExactlyInAnyOrder(
            "wait-in-queue",
            "begin-attempt",
            "download-source",
            "download-previous",
            "transform-source",
            "publish-snapshot",
            "complete-run");
    assertThat(spans)
        .allSatisfy(
            span ->
                assertThat(attributes(span))
                    .containsEntry("odyssey.run", run.id().toString())
                    .containsEntry("odyssey.stream", stream.toString())
                    .containsEntry("odyssey.tenant", "c0000000-0000-4000-8000-000000000003")
                    .containsEntry("odyssey.attempt", "1"));
    assertThat(attributes(attempt))
        .containsEntry("odyssey.ending", "completed")
        .containsEntry("odyssey.rows", "2")
        .containsEntry("odyssey.source_bytes", "32");
    assertThat(attributes(named(spans, "transform-source")))
        .containsEntry("odyssey.rows_inserted", "2")
        .containsEntry("odyssey.outcome", "completed");
    assertThat(attributes(named(spans, "publish-snapshot"))).containsKey("odyssey.published_bytes");
    assertThat(collector.posted())
        .allSatisfy(
            request -> {
              assertThat(request.path()).isEqualTo("/v1/traces");
              assertThat(request.authorization()).isEqualTo("Bearer " + SECRET);
              assertThat(new String(request.body(), UTF_8))
                  .doesNotContain("Secretrow", "http://", SECRET)
                  .doesNotContain(sandbox.settings().get("SUPABASE_SERVICE_ROLE_KEY"));
            });
  }

  @Test
  void goesOnInTheTraceThatAskedForTheJob() throws Exception {
    UUID stream = stream("id\n1\n");

    Run run = runner.over(enqueue(stream, "00-%s-%s-01".formatted(TRACE, ASKER), "vendor=value"));

    List<Span> spans = spansOf(run);
    assertThat(spans).extracting(span -> hex(span.getTraceId())).containsOnly(TRACE);
    Span attempt = named(spans, "process-job");
    assertThat(hex(attempt.getParentSpanId())).isEqualTo(ASKER);
    assertThat(attempt.getTraceState()).isEqualTo("vendor=value");
  }

  @Test
  void whatIsNoTraceParentCountsAsNone() throws Exception {
    Run run = runner.over(enqueue(stream("id\n1\n"), "nonsense'; drop", null));

    assertThat(run.status()).isEqualTo("completed");
    assertThat(hex(named(spansOf(run), "process-job").getTraceId()))
        .isEqualTo(run.id().toString().replace("-", ""));
  }

  @Test
  void aFailureMarksTheStepAndTheAttempt() throws Exception {
    UUID stream = TestStream.in(sandbox).at("not/there.csv").define();

    Run run = runner.sync(stream);

    List<Span> spans = spansOf(run);
    for (String failed : List.of("download-source", "process-job")) {
      Span span = named(spans, failed);
      assertThat(span.getStatus().getCode()).isEqualTo(StatusCode.STATUS_CODE_ERROR);
      assertThat(span.getStatus().getMessage()).isEqualTo(run.errorMessage());
      assertThat(attributes(span)).containsEntry("error.type", "refused");
      assertThat(span.getEventsList())
          .singleElement()
          .satisfies(
              event ->
                  assertThat(texts(event.getAttributesList()))
                      .containsEntry("exception.message", run.errorMessage())
                      .containsEntry("exception.type", "dev.odyssey.failure.PermanentFailure"));
    }
    assertThat(named(spans, "dead-letter-run").getStatus().getCode())
        .isEqualTo(StatusCode.STATUS_CODE_UNSET);
    assertThat(attributes(named(spans, "process-job")))
        .containsEntry("odyssey.ending", "dead-lettered");
  }

  @Test
  void theAttemptsOfARunAreInOneTrace() throws Exception {
    UUID stream = stream("id\n1\n");
    sandbox.storage().failNext(3, Fault.status(503));

    Run run = runner.sync(stream);

    List<Span> spans = spansOf(run);
    assertThat(spans).extracting(Span::getTraceId).containsOnly(spans.get(0).getTraceId());
    assertThat(spans)
        .filteredOn(span -> span.getName().equals("process-job"))
        .extracting(JobTracesTest::attributes)
        .extracting(all -> all.get("odyssey.attempt") + " " + all.get("odyssey.ending"))
        .containsExactlyInAnyOrder("1 retrying", "2 completed");
  }

  @Test
  void nothingIsSentWhereTracesAreOff() throws Exception {
    try (var receiver = new HttpReceiver();
        var own = Sandbox.throwAway()) {
      Map<String, String> off = Map.of("OTEL_EXPORTER_OTLP_ENDPOINT", receiver.url().toString());
      try (var untold = SandboxRunner.start(own, off)) {
        assertThat(untold.sync(streamIn(own, "id\n1\n")).status()).isEqualTo("completed");
      }

      assertThat(receiver.posted()).isEmpty();
    }
  }

  @Test
  void aCollectorThatNeverAnswersDelaysNeitherJobsNorTheEnd() throws Exception {
    try (var receiver = new HttpReceiver();
        var own = Sandbox.throwAway()) {
      receiver.fallSilent();
      var traced =
          SandboxRunner.start(
              own,
              Map.of(
                  "TRACES_ENABLED",
                  "true",
                  "OTEL_EXPORTER_OTLP_ENDPOINT",
                  receiver.url().toString()));
      try {
        assertThat(traced.sync(streamIn(own, "id\n1\n")).status()).isEqualTo("completed");
        await().until(() -> !receiver.posted().isEmpty());
        assertThat(traced.sync(streamIn(own, "id\n1\n")).status()).isEqualTo("completed");
      } finally {
        assertTimeout(Duration.ofSeconds(30), traced::close);
      }
    }
  }

  private static UUID stream(String content) throws Exception {
    return streamIn(sandbox, content);
  }

  private static UUID streamIn(Sandbox home, String content) throws Exception {
    return TestStream.in(home)
        .at(UUID.randomUUID() + ".csv")
        .containing(content.getBytes(UTF_8))
        .define();
  }

  private static UUID enqueue(UUID stream, String traceparent, String tracestate) throws Exception {
    try (var connection = sandbox.database().dataSource().getConnection();
        var statement =
            connection.prepareStatement(
                "select odyssey.enqueue_sync(p_stream_id => ?, p_trigger_type => 'api',"
                    + " p_traceparent => ?, p_tracestate => ?)")) {
      statement.setObject(1, stream);
      statement.setString(2, traceparent);
      statement.setString(3, tracestate);
      try (var row = statement.executeQuery()) {
        row.next();
        return row.getObject(1, UUID.class);
      }
    }
  }

  /** All of them, once the run's last attempt is sent. */
  private static List<Span> spansOf(Run run) throws InvalidProtocolBufferException {
    await()
        .until(
            () ->
                sent(run).stream()
                    .map(span -> attributes(span).getOrDefault("odyssey.ending", "retrying"))
                    .anyMatch(ending -> !ending.equals("retrying")));
    return sent(run);
  }

  private static List<Span> sent(Run run) throws InvalidProtocolBufferException {
    List<Span> spans = new ArrayList<>();
    for (HttpReceiver.Posted request : collector.posted()) {
      for (var resource :
          ExportTraceServiceRequest.parseFrom(request.body()).getResourceSpansList()) {
        assertThat(texts(resource.getResource().getAttributesList()))
            .containsEntry("service.name", "odyssey-runner");
        resource.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList()));
      }
    }
    spans.removeIf(span -> !run.id().toString().equals(attributes(span).get("odyssey.run")));
    return spans;
  }

  private static Span named(List<Span> spans, String name) {
    return spans.stream().filter(span -> span.getName().equals(name)).findFirst().orElseThrow();
  }

  private static Map<String, String> attributes(Span span) {
    return texts(span.getAttributesList());
  }

  private static Map<String, String> texts(
      List<io.opentelemetry.proto.common.v1.KeyValue> attributes) {
    return attributes.stream()
        .collect(
            Collectors.toMap(
                attribute -> attribute.getKey(),
                attribute ->
                    attribute.getValue().hasIntValue()
                        ? String.valueOf(attribute.getValue().getIntValue())
                        : attribute.getValue().getStringValue()));
  }

  private static String hex(ByteString bytes) {
    return HexFormat.of().formatHex(bytes.toByteArray());
  }
}
