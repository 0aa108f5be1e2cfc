package dev.odyssey.lineage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.sandbox.Fault;
import dev.odyssey.sandbox.Run;
import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.testing.HttpReceiver;
import dev.odyssey.testing.SandboxRunner;
import dev.odyssey.testing.TestStream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a lineage back-end and a file get of real runs. */
class JobLineageTest {
  private static final String TENANT = "c0000000-0000-4000-8000-000000000003";
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path directory;

  private static Sandbox sandbox;
  private static HttpReceiver backend;
  private static SandboxRunner runner;
  private static Path file;

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.throwAway();
    backend = new HttpReceiver();
    file = directory.resolve("lineage/events.ndjson");
    runner =
        SandboxRunner.start(
            sandbox,
            Map.of(
                "LINEAGE_URL",
                backend.url() + "/api/v1/lineage",
                "LINEAGE_API_KEY",
                "lineage-key",
                "LINEAGE_FILE",
                file.toString(),
                "LINEAGE_NAMESPACE",
                "test"));
  }

  @AfterAll
  static void stop() throws Exception {
    try {
      runner.close();
    } finally {
      backend.close();
      sandbox.close();
    }
  }

  @Test
  void aRunStartsAndCompletesWithSchemaCountsAndColumns() throws Exception {
    String path = UUID.randomUUID() + ".csv";
    UUID stream =
        TestStream.in(sandbox)
            .at(path)
            .containing("first,last,born\nAda,Lovelace,1815\nAlan,Turing,1912\n".getBytes(UTF_8))
            .mapping(
                """
                [{"source": "born", "target": "year"},
                 {"source": "last", "target": "name", "transform": "upper(last) || ', ' || first"},
                 {"target": "age", "transform": "2026 - CAST(born AS INTEGER)"},
                 {"target": "kind", "transform": "'person'"}]
                """)
            .define();

    Run run = runner.sync(stream);

    List<JsonNode> events = eventsOf(run, 2);
    assertThat(events).allSatisfy(JobLineageTest::requireWhatTheSpecificationRequires);
    assertThat(events)
        .extracting(event -> event.path("eventType").asText())
        .containsExactly("START", "COMPLETE");
    JsonNode complete = events.get(1);
    assertThat(complete.path("job").path("namespace").asText()).isEqualTo("test/" + TENANT);
    assertThat(complete.path("job").path("name").asText()).isEqualTo("stream " + stream);
    JsonNode input = complete.path("inputs").path(0);
    String supabase = URI.create(sandbox.settings().get("SUPABASE_URL")).getAuthority();
    assertThat(input.path("namespace").asText()).isEqualTo("supabase://" + supabase);
    assertThat(input.path("name").asText()).isEqualTo("schema-files/" + path);
    assertThat(input.at("/inputFacets/inputStatistics/rowCount").asLong()).isEqualTo(2);
    JsonNode output = complete.path("outputs").path(0);
    assertThat(output.path("namespace").asText()).isEqualTo("s3://streams");
    assertThat(output.path("name").asText()).isEqualTo(TENANT + "/" + stream);
    assertThat(output.at("/facets/version/datasetVersion").asText()).isEqualTo(run.id().toString());
    assertThat(output.at("/outputFacets/outputStatistics/rowCount").asLong()).isEqualTo(2);
    assertThat(output.at("/outputFacets/outputStatistics/size").asLong())
        .isEqualTo(
            sandbox
                .s3()
                .client()
                .headObject(o -> o.bucket("streams").key(run.parquetPath()))
                .contentLength());
    assertThat(output.at("/facets/schema/fields"))
        .extracting(field -> field.path("name").asText() + " " + field.path("type").asText())
        .startsWith("year varchar", "name varchar", "age integer", "kind varchar", "$_ref varchar")
        .endsWith("$_last_updated timestamp with time zone");
    JsonNode columns = output.at("/facets/columnLineage/fields");
    assertThat(inputs(columns, "year")).containsExactly("born IDENTITY");
    assertThat(inputs(columns, "name"))
        .containsExactlyInAnyOrder("last TRANSFORMATION", "first TRANSFORMATION");
    assertThat(inputs(columns, "age")).containsExactly("born TRANSFORMATION");
    assertThat(columns.has("kind")).isFalse();
    assertThat(complete.toString()).doesNotContain("Lovelace");
    assertThat(backend.posted())
        .allSatisfy(
            request -> {
              assertThat(request.path()).isEqualTo("/api/v1/lineage");
              assertThat(request.authorization()).isEqualTo("Bearer lineage-key");
            });
  }

  @Test
  void aFailedRunTellsWhy() throws Exception {
    Run run = runner.sync(TestStream.in(sandbox).at("not/there.csv").define());

    JsonNode fail = eventsOf(run, 2).get(1);
    requireWhatTheSpecificationRequires(fail);
    assertThat(fail.path("eventType").asText()).isEqualTo("FAIL");
    assertThat(fail.at("/run/facets/errorMessage/message").asText()).isEqualTo(run.errorMessage());
    assertThat(fail.path("outputs")).isEmpty();
  }

  @Test
  void aRunThatIsTriedAgainStartsAndEndsOnce() throws Exception {
    UUID stream = stream();
    sandbox.storage().failNext(3, Fault.status(503));

    Run run = runner.sync(stream);

    assertThat(eventsOf(run, 2))
        .extracting(event -> event.path("eventType").asText())
        .containsExactly("START", "COMPLETE");
  }

  @Test
  void theFileHasTheSameEvents() throws Exception {
    Run run = runner.sync(stream());

    List<JsonNode> posted = eventsOf(run, 2);

    await()
        .untilAsserted(
            () -> {
              List<JsonNode> lines = new ArrayList<>();
              for (String line : Files.readAllLines(file)) {
                lines.add(JSON.readTree(line));
              }
              assertThat(lines).containsAll(posted);
            });
  }

  @Test
  void aBackendThatNeverAnswersFailsNoJob() throws Exception {
    try (var silent = new HttpReceiver();
        var own = Sandbox.throwAway()) {
      silent.fallSilent();
      try (var told = SandboxRunner.start(own, Map.of("LINEAGE_URL", silent.url().toString()))) {
        UUID stream = TestStream.in(own).at("a.csv").containing("id\n1\n".getBytes(UTF_8)).define();

        assertThat(told.sync(stream).status()).isEqualTo("completed");
        await().until(() -> !silent.posted().isEmpty());
        assertThat(told.sync(stream).status()).isEqualTo("completed");
      }
    }
  }

  private static UUID stream() throws Exception {
    return TestStream.in(sandbox)
        .at(UUID.randomUUID() + ".csv")
        .containing("id\n1\n".getBytes(UTF_8))
        .define();
  }

  private static List<String> inputs(JsonNode columns, String target) {
    List<String> inputs = new ArrayList<>();
    for (JsonNode input : columns.path(target).path("inputFields")) {
      assertThat(input.path("name").asText()).startsWith("schema-files/");
      inputs.add(
          input.path("field").asText() + " " + input.at("/transformations/0/subtype").asText());
    }
    return inputs;
  }

  /** The fields that OpenLineage.json and its facets call required. */
  private static void requireWhatTheSpecificationRequires(JsonNode event) {
    OffsetDateTime.parse(event.path("eventTime").asText());
    assertThat(URI.create(event.path("producer").asText()).isAbsolute()).isTrue();
    assertThat(event.path("schemaURL").asText()).contains("OpenLineage.json");
    UUID.fromString(event.at("/run/runId").asText());
    assertThat(event.at("/job/namespace").asText()).isNotBlank();
    assertThat(event.at("/job/name").asText()).isNotBlank();
    List<JsonNode> facets = new ArrayList<>();
    event.at("/run/facets").forEach(facets::add);
    event.at("/job/facets").forEach(facets::add);
    for (String side : List.of("inputs", "outputs")) {
      for (JsonNode dataset : event.path(side)) {
        assertThat(dataset.path("namespace").asText()).isNotBlank();
        assertThat(dataset.path("name").asText()).isNotBlank();
        dataset.path("facets").forEach(facets::add);
        dataset.path("inputFacets").forEach(facets::add);
        dataset.path("outputFacets").forEach(facets::add);
      }
    }
    assertThat(facets)
        .isNotEmpty()
        .allSatisfy(
            facet -> {
              assertThat(facet.path("_producer").asText()).isNotBlank();
              assertThat(facet.path("_schemaURL").asText()).startsWith("https://openlineage.io/");
            });
  }

  private static List<JsonNode> eventsOf(Run run, int count) throws IOException {
    await().until(() -> events(run).size() >= count);
    return events(run);
  }

  private static List<JsonNode> events(Run run) throws IOException {
    List<JsonNode> events = new ArrayList<>();
    for (HttpReceiver.Posted request : backend.posted()) {
      JsonNode event = JSON.readTree(request.body());
      if (event.at("/run/runId").asText().equals(run.id().toString())) {
        events.add(event);
      }
    }
    return events;
  }
}
