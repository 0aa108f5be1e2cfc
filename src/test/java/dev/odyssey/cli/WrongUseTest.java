package dev.odyssey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.testing.ContractDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What somebody reads who typed something wrong, or lacks a right or a database. */
class WrongUseTest {
  @TempDir private Path directory;
  @TempDir private static Path settings;
  private static ContractDatabase database;
  private static Cli cli;

  @BeforeAll
  static void start() throws Exception {
    database = ContractDatabase.start();
    cli = new Cli(settings, settings(database.server().url()));
  }

  @AfterAll
  static void stop() {
    database.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "frobnicate",
        "stauts",
        "enqueue",
        "runs --limit 0",
        "runs --limit x",
        "status --watch 0",
        "mapping s --check",
        "mapping s --set",
        "diff",
        "diff s 1 2 3",
        "diff s --rows -1",
        "dlq",
        "dlq show x",
        "completion fish",
        "cancel",
        "preview",
        "preview no/such.csv"
      })
  void wrongArgumentsAreTwoLinesAndExitCodeTwo(String arguments) {
    Cli.Answer answer = cli.run(arguments.split(" ", -1));

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(2);
    assertThat(answer.err().lines().count()).as(answer.err()).isEqualTo(2);
    assertThat(answer.out()).isEmpty();
  }

  @Test
  void theHelpOfDiffShowsTheRunsThatItTakes() {
    assertThat(cli.run("diff", "--help").out()).contains("STREAM [RUN [RUN]]\n");
  }

  @Test
  void checkNamesTheWrongSettingsOfTheServiceToo() throws Exception {
    Map<String, String> wrong = new HashMap<>(settings(database.server().url()));
    wrong.putAll(Map.of("MAX_RETRIES", "x", "LOG_LEVEL", "loud", "TRACES_SAMPLE_RATIO", "2"));
    wrong.putAll(Map.of("SHUTDOWN_TIMEOUT_SECONDS", "1m", "ROUTES_RELOAD_INTERVAL_MS", "-1"));
    wrong.putAll(Map.of("ROUTES_DIR", "nowhere", "WORK_DIR", " "));

    Cli.Answer check = new Cli(directory, wrong).run("check");

    assertThat(check.exitCode()).isEqualTo(2);
    assertThat(check.out()).contains("MAX_RETRIES", "LOG_LEVEL", "TRACES_SAMPLE_RATIO");
    assertThat(check.out())
        .contains(
            "SHUTDOWN_TIMEOUT_SECONDS", "ROUTES_RELOAD_INTERVAL_MS", "ROUTES_DIR", "WORK_DIR");
  }

  @Test
  void theHelpOfCompletionCutsNoCommand() {
    assertThat(cli.runBare("completion", "--help").out()).contains("completions; mkdir -p $d\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "enqueue nosuch",
        "runs nosuch",
        "mapping nosuch",
        "diff nosuch",
        "preview nosuch",
        "cancel 12345678",
        "dlq show 99",
        "dlq list --stream nosuch",
        "enqueue 00000000-0000-4000-8000-000000000000",
        "mapping 00000000-0000-4000-8000-000000000000"
      })
  void whatDoesNotExistIsSaidInALineWithAHint(String arguments) {
    Cli.Answer answer = cli.run(arguments.split(" ", -1));

    assertThat(answer.exitCode()).as(answer.err()).isEqualTo(1);
    assertThat(answer.err()).containsIgnoringCase("there is no");
    assertThat(answer.err().lines().count()).as(answer.err()).isLessThanOrEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"status", "migrate"})
  void aDatabaseThatIsAwayIsSaidAtOnce(String command) throws Exception {
    Cli away = new Cli(directory, Map.of("DATABASE_URL", "postgres://me:geheim@127.0.0.1:1/x"));

    Cli.Answer answer = away.run(command);

    assertThat(answer.exitCode()).isEqualTo(1);
    assertThat(answer.err())
        .startsWith("The database does not answer: Connection to 127.0.0.1:1 refused")
        .doesNotContain("geheim", "at dev.odyssey");
  }

  @Test
  void aHostThatIsNotKnownIsNamed() throws Exception {
    Cli lost = new Cli(directory, Map.of("DATABASE_URL", "postgres://me:geheim@nowhere.invalid/x"));

    assertThat(lost.run("status").err())
        .startsWith("The database's host name is not known: nowhere.invalid");
  }

  @Test
  void aLoginWithoutRightsIsToldWhoGivesThem() throws Exception {
    database.execute("create role nobody login");
    database.execute("create role reader login");
    database.execute("select odyssey.grant_runner('reader')");
    var stream = database.stream(UUID.randomUUID());
    Path mapping =
        Files.writeString(directory.resolve("m.json"), "[{\"source\": \"a\", \"target\": \"a\"}]");

    Cli.Answer nobody = as("nobody").run("status");
    Cli.Answer reader = as("reader").run("status");
    Cli.Answer editor =
        as("reader").run("mapping", stream.toString(), "--set", mapping.toString(), "--force");

    assertThat(nobody.exitCode()).isEqualTo(1);
    assertThat(nobody.err())
        .contains("This login may not do that: permission denied", "migrate --grant-to ROLE");
    assertThat(reader.exitCode()).isZero();
    assertThat(editor.err()).contains("permission denied", "--grant-mappings-to");
  }

  @Test
  void aDatabaseWithoutTheFunctionsIsToldToBeMigrated() throws Exception {
    try (ContractDatabase empty = ContractDatabase.empty()) {
      Cli.Answer answer =
          new Cli(directory, Map.of("DATABASE_URL", empty.server().url())).run("runs");

      assertThat(answer.exitCode()).isEqualTo(1);
      assertThat(answer.err())
          .contains("The database lacks what this command needs", "bin/odyssey migrate");
    }
  }

  @Test
  void aConfigThatIsNotThereIsWrongUse() {
    Cli.Answer answer = cli.runBare("status", "--config", "nowhere.properties");

    assertThat(answer.exitCode()).isEqualTo(2);
    assertThat(answer.err()).contains("nowhere.properties: there is no such file");
  }

  private Cli as(String role) throws Exception {
    return new Cli(directory, settings(database.server().url(role)));
  }

  private static Map<String, String> settings(String databaseUrl) {
    return Map.of(
        "DATABASE_URL", databaseUrl,
        "SUPABASE_URL", "http://127.0.0.1:1",
        "SUPABASE_SERVICE_ROLE_KEY", "key",
        "S3_ACCESS_KEY_ID", "key",
        "S3_SECRET_ACCESS_KEY", "key");
  }
}
