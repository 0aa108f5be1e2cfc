package dev.odyssey.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.testing.SandboxRunner;
import dev.odyssey.testing.TestStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody does with the commands alone, by the runner's own login, on a live service. */
class OperatorTest {
  private static final String WRONG = "[{\"source\": \"Nmae\", \"target\": \"name\"}]";
  private static final String RIGHT = "[{\"source\": \"Name\", \"target\": \"name\"}]";

  @TempDir private static Path directory;
  private static Sandbox sandbox;
  private static SandboxRunner runner;
  private static Cli cli;

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.throwAway();
    runner = SandboxRunner.start(sandbox, Map.of());
    cli = new Cli(directory, sandbox.settings());
  }

  @AfterAll
  static void stop() throws Exception {
    runner.close();
    sandbox.close();
  }

  @Test
  void findsWhatFailedMendsTheMappingAndSeesItCompleted() throws Exception {
    String stream = stream("Name\nAda\nBob\n", WRONG);

    Cli.Answer enqueued = cli.run("enqueue", stream, "--wait");
    assertThat(enqueued.exitCode()).isEqualTo(1);
    String run = enqueued.out().strip();
    String shortRun = run.substring(0, 8);
    assertThat(enqueued.err()).contains("failed: ", "\"Nmae\"");

    assertThat(cli.run("status", stream).out())
        .contains("failed", "\"Nmae\"", "bin/odyssey runs " + shortRun);
    assertThat(cli.run("runs", stream, "--failed").out()).contains(shortRun, "\"Nmae\"");
    Cli.Answer detail = cli.run("runs", shortRun);
    assertThat(detail.out())
        .contains("Run " + run, "What to do", "dead-lettered", "mapping", "redrive");
    assertThat(cli.run("preview", stream).out()).contains("Name", "Ada");
    String letter = cli.run("runs", run, "--json").json().path("deadLetter").asText();
    assertThat(cli.run("dlq", "show", letter).out())
        .contains("\"sourceColumns\" : [ \"Name\" ]", "1: dead-lettered")
        .contains("bin/odyssey redrive " + letter + " --wait");

    Path mapping = Files.writeString(directory.resolve("m.json"), RIGHT);
    String file = mapping.toString();
    assertThat(cli.run("mapping", stream, "--set", file, "--check").exitCode()).isZero();
    assertThat(cli.run("mapping", stream).json().toString()).contains("Nmae");
    Cli.Answer set = cli.run("mapping", stream, "--set", file);
    assertThat(set.out()).contains("- {\"source\":\"Nmae\"", "+ {\"source\":\"Name\"", "Stored");

    Cli.Answer redriven = cli.run("redrive", "--stream", stream, "--wait");
    assertThat(redriven.exitCode()).as(redriven.err()).isZero();
    assertThat(redriven.out().strip()).isEqualTo(run);
    assertThat(redriven.err()).contains("completed, 2 rows (+2)");
    assertThat(cli.run("status", stream).out()).contains("completed").doesNotContain("Nmae");
    JsonNode attempts = cli.run("runs", run, "--json").json().path("attempts");
    assertThat(attempts.findValuesAsText("number")).containsExactly("2", "1");
  }

  @Test
  void aCompletedRunTellsWhatItCouldNotTake() throws Exception {
    String stream = stream("id,n\n1,1\n2,x\n,3\n", null, "id");
    sql(
        "update data_streams set schema = '[{\"name\":\"id\",\"type\":\"text\"},"
            + "{\"name\":\"n\",\"type\":\"integer\"}]' where name = '%s'".formatted(stream));

    assertThat(cli.run("enqueue", stream, "--wait").err())
        .contains("completed, 2 rows (+2, 1 rejected, 1 values do not fit)");
    assertThat(cli.run("runs", stream).out()).contains("+2, 1 rejected");
  }

  @Test
  void aMappingThatDoesNotFitIsNotStoredUnlessForced() throws Exception {
    String stream = stream("Name\nAda\n", RIGHT);
    String file = Files.writeString(directory.resolve("w.json"), WRONG).toString();

    Cli.Answer refused = cli.run("mapping", stream, "--set", file);
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("A run would fail", "\"Nmae\"", "Nothing is stored");
    assertThat(cli.run("mapping", stream).out()).contains("\"Name\"");

    JsonNode forced = cli.run("mapping", stream, "--set", file, "--force", "--json").json();
    assertThat(forced.path("stored").asBoolean()).isTrue();
    assertThat(forced.path("problem").asText()).contains("\"Nmae\"");
    assertThat(forced.at("/before/0/source").asText()).isEqualTo("Name");
    assertThat(cli.run("mapping", stream, "--json").json()).isEqualTo(forced.path("after"));
  }

  @Test
  void everyAnswerIsJsonWhereAskedFor() throws Exception {
    String stream = stream("Name\nAda\n", RIGHT);
    JsonNode enqueued = cli.run("enqueue", stream, "--wait", "--json").json();
    String run = enqueued.path("runId").asText();

    assertThat(enqueued.at("/run/status").asText()).isEqualTo("completed");
    assertThat(cli.run("runs", run, "--json").json().path("status").asText())
        .isEqualTo("completed");
    JsonNode status = cli.run("status", stream, "--json").json();
    assertThat(status.at("/streams/0/totalRows").asInt()).isEqualTo(1);
    assertThat(status.at("/queue/waiting").isNumber()).isTrue();
    JsonNode runs = cli.run("runs", stream, "--json", "--limit", "1").json();
    assertThat(runs.get(0).path("runId").asText()).isEqualTo(run);
    Cli.Answer late = cli.run("cancel", run.substring(0, 13), "--json");
    assertThat(late.exitCode()).isEqualTo(1);
    assertThat(late.json().path("answer").asText()).isEqualTo("finished");
  }

  @Test
  void storageThatIsAwayIsNamed() throws Exception {
    String stream = stream("Name\nAda\n", RIGHT);
    var settings = new HashMap<>(sandbox.settings());
    settings.put("SUPABASE_URL", "http://127.0.0.1:1");
    Cli away = new Cli(Files.createDirectory(directory.resolve("away")), settings);

    assertThat(away.run("preview", stream).err()).contains("no connection to 127.0.0.1:1");
  }

  @Test
  void checkNamesTheSourceThatIsNotThere() throws Exception {
    String good = stream("Name\nAda\n", RIGHT);
    UUID lost = TestStream.in(sandbox).at("nowhere/lost.csv").define();

    Cli.Answer check = cli.run("check");

    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.out())
        .contains("ok   database", "ok   source of " + good + ": 9 B")
        .containsPattern("FAIL source of stream " + lost)
        .contains("schema-files/nowhere/lost.csv")
        .doesNotContain(sandbox.settings().get("SUPABASE_SERVICE_ROLE_KEY"));
  }

  @Test
  void checkNamesTheExpressionThatNoJobWillTake() throws Exception {
    String stream =
        stream("Name\nAda\n", "[{'target': 'n', 'transform': 'uper(Name)'}]".replace('\'', '"'));

    Cli.Answer check = cli.run("check");

    assertThat(check.exitCode()).isEqualTo(1);
    assertThat(check.out())
        .contains("FAIL definition of " + stream, "is it upper?", "ok   source of " + stream);
  }

  @Test
  void diffSaysWhatChangedBetweenTwoRuns() throws Exception {
    String stream = stream("id,name\n1,Ada\n2,Bob\n3,Cleo\n", null, "id");
    String first = cli.run("enqueue", stream, "--wait").out().strip();
    contain(stream, "id,name\n1,Ada\n2,Bea\n4,Dan\n");
    String second = cli.run("enqueue", stream, "--wait").out().strip();

    Cli.Answer diff = cli.run("diff", stream, first, second.substring(0, 8));

    assertThat(diff.out())
        .contains("1 inserted, 1 updated, 1 deleted, 1 unchanged")
        .containsPattern("2 +name +Bob +Bea");
    assertThat(
            cli.run("diff", stream, "--json")
                .json()
                .path("diff")
                .path("changedColumns")
                .path("name")
                .asInt())
        .isEqualTo(1);
    Cli.Answer alone = cli.run("diff", stream, second, second);
    assertThat(alone.out()).contains("0 inserted, 0 updated, 0 deleted, 3 unchanged");
  }

  @Test
  void previewSaysWhatTheNextSyncWouldChange() throws Exception {
    String stream = stream("id,name\n1,Ada\n2,Bob\n3,Cleo\n", null, "id");
    assertThat(cli.run("preview", stream, "--after", "last").err())
        .contains("has published nothing yet");
    cli.run("enqueue", stream, "--wait");
    cli.run("enqueue", stream, "--wait"); // of an unchanged source
    contain(stream, "id,name\n1,Ada\n2,Bea\n4,Dan\n");

    Cli.Answer preview = cli.run("preview", stream, "--after", "last");

    assertThat(preview.out())
        .contains("What a sync would change\n  1 inserted, 1 updated, 1 deleted, 1 unchanged\n");
    assertThat(cli.run("runs", stream, "--json").json()).hasSize(2);
  }

  @Test
  void diffSaysWhereASnapshotIsGone() throws Exception {
    String stream = stream("Name\nAda\n", RIGHT);
    String first = cli.run("enqueue", stream, "--wait").out().strip();
    contain(stream, "Name\nBob\n");
    cli.run("enqueue", stream, "--wait");
    String path =
        cli.run("runs", first, "--json").json().at("/attempts/0/result/snapshotPath").asText();
    Files.delete(sandbox.s3().bucketFolder().resolve(path));

    Cli.Answer diff = cli.run("diff", stream, first);

    assertThat(diff.exitCode()).isEqualTo(1);
    assertThat(diff.err()).contains("is not in the bucket any more", "KEEP_SNAPSHOTS");
  }

  @Test
  void namesThatSayTooLittleAreRefusedWithAChoice() throws Exception {
    String stream = stream("Name\n", RIGHT);
    sql(
        "insert into data_streams (id, tenant_id, name) select gen_random_uuid(), tenant_id, name"
            + " from data_streams where name = '%s'".formatted(stream));

    Cli.Answer ambiguous = cli.run("enqueue", stream);
    Cli.Answer similar = cli.run("enqueue", stream.substring(3));
    Cli.Answer unknown = cli.run("runs", "no such stream");

    assertThat(ambiguous.exitCode()).isEqualTo(1);
    assertThat(ambiguous.err()).contains("2 streams are called", "of tenant");
    assertThat(similar.err()).contains("There is no stream", "Is it '" + stream);
    assertThat(unknown.err()).contains("There is no stream 'no such stream'");
  }

  @Test
  void aNameThatCannotBeTypedIsShownHarmlesslyAndReplacedByTheId() throws Exception {
    String steering = "\u001b[2J\nline";
    for (String name : new String[] {steering, "-rf", "x".repeat(300)}) {
      UUID id = TestStream.in(sandbox).mapping(WRONG).containing("Name\n".getBytes(UTF_8)).define();
      sql("update data_streams set name = '%s' where id = '%s'".formatted(name, id));

      Cli.Answer enqueued = cli.run("enqueue", id.toString(), "--wait");
      Cli.Answer run = cli.run("runs", enqueued.out().strip());
      String letter =
          cli.run("runs", enqueued.out().strip(), "--json").json().path("deadLetter").asText();

      assertThat(enqueued.err() + run.out()).contains("failed").doesNotContain("\u001b");
      assertThat(run.out()).contains("bin/odyssey preview " + id);
      assertThat(cli.run("dlq", "show", letter).out()).contains("bin/odyssey preview " + id);
    }
  }

  @Test
  void aStreamIsFoundAmongAnyNumberThatHaveItsNameInTheirs() throws Exception {
    String stream = stream("Name\nAda\n", RIGHT);
    sql(
        "insert into data_streams (tenant_id, name)"
            + " select '%s', '0-' || i || '%s' from generate_series(1, 501) as i"
                .formatted(UUID.randomUUID(), stream));

    Cli.Answer mapping = cli.run("mapping", stream);
    sql("delete from data_streams where name like '0-%'");

    assertThat(mapping.out()).as(mapping.err()).contains("Name");
  }

  private static String stream(String content, String mapping) throws Exception {
    return stream(content, mapping, null);
  }

  /** A stream with a name that nobody else has. */
  private static String stream(String content, String mapping, String key) throws Exception {
    UUID id = TestStream.in(sandbox).mapping(mapping).containing(content.getBytes(UTF_8)).define();
    String name = "s-" + id.toString().substring(0, 13);
    sql("update data_streams set name = '%s' where id = '%s'".formatted(name, id));
    if (key != null) {
      sql("update data_streams set primary_key = '{%s}' where id = '%s'".formatted(key, id));
    }
    return name;
  }

  private static void contain(String stream, String content) throws Exception {
    JsonNode streams = cli.run("status", stream, "--json").json();
    String id = streams.at("/streams/0/id").asText();
    Files.writeString(
        sandbox.storageFolder().resolve("schema-files").resolve(id + ".csv"), content);
  }

  /** As the administrator. */
  private static void sql(String statement) throws Exception {
    try (var connection = sandbox.database().dataSource().getConnection();
        var statements = connection.createStatement()) {
      statements.execute(statement);
    }
  }
}
