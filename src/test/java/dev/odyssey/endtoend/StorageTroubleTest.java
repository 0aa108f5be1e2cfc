package dev.odyssey.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.sandbox.Fault;
import dev.odyssey.sandbox.ReceivedRequest;
import dev.odyssey.sandbox.Run;
import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.testing.SandboxRunner;
import dev.odyssey.testing.TestStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Trouble with the storage that source files come from, one kind at a time. */
class StorageTroubleTest {
  private static final int ROWS = 20_000;
  private static final byte[] CONTENT =
      IntStream.range(0, ROWS)
          .mapToObj(row -> "%d,name %d\n".formatted(row, row))
          .collect(Collectors.joining("", "id,name\n", ""))
          .getBytes(UTF_8);
  private static Sandbox sandbox;
  private static SandboxRunner runner;

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.throwAway();
    runner = SandboxRunner.start(sandbox, Map.of("READ_TIMEOUT_MS", "1000"));
  }

  @AfterAll
  static void stop() throws Exception {
    runner.close();
    sandbox.close();
  }

  static List<Fault> passing() {
    return List.of(
        Fault.status(500),
        Fault.status(503),
        new Fault.Reset(50_000),
        new Fault.Truncation(50_000),
        new Fault.Truncation(0),
        new Fault.CutChunks(50_000),
        new Fault.Gzip(),
        new Fault.Stall(50_000));
  }

  @ParameterizedTest
  @MethodSource("passing")
  void whatPassesCostsNoAttempt(Fault fault) throws Exception {
    UUID stream = stream();

    Run run = syncWith(fault, stream);

    assertCompleted(run);
    assertThat(attempts(stream)).isEqualTo(1);
  }

  @Test
  void aBrokenDownloadIsResumedAndVerified() throws Exception {
    int before = sandbox.storage().requests().size();

    assertCompleted(syncWith(new Fault.Truncation(70_000), stream()));

    List<ReceivedRequest> requests = sandbox.storage().requests();
    ReceivedRequest resumed = requests.get(requests.size() - 1);
    assertThat(requests).hasSize(before + 2);
    assertThat(resumed.header("Range")).contains("bytes=70000-");
    assertThat(resumed.header("If-Range")).isPresent();
  }

  @Test
  void anObjectThatChangedSinceTheDownloadBrokeIsTakenAnew() throws Exception {
    Path file = sandbox.storageFolder().resolve("schema-files/changing.csv");
    UUID stream = TestStream.in(sandbox).at("changing.csv").containing(CONTENT).define();

    Run run =
        syncWith(new Fault.Interlude(70_000, () -> replace(file, "id,name\n7,new\n")), stream);

    assertThat(run.status()).isEqualTo("completed");
    assertThat(run.inserted()).isEqualTo(1);
  }

  @Test
  void slowButSteadyIsNoTrouble() throws Exception {
    UUID stream = stream();
    int before = sandbox.storage().requests().size();

    assertCompleted(syncWith(new Fault.Slowness(CONTENT.length / 2), stream));

    assertThat(sandbox.storage().requests()).hasSize(before + 1);
  }

  @Test
  void whatIsSentInGzipIsTakenAsItIsSent() throws Exception {
    UUID stream = stream();
    int before = sandbox.storage().requests().size();

    assertCompleted(syncWith(new Fault.Gzip(), stream));

    assertThat(sandbox.storage().requests()).hasSize(before + 1);
  }

  @Test
  void aBusyStorageIsLeftAloneAsLongAsItAsks() throws Exception {
    UUID stream = stream();

    assertCompleted(syncWith(Fault.tooManyRequests(Duration.ofSeconds(2)), stream));

    assertThat(attempts(stream)).isEqualTo(2);
    assertThat(
            count(
                "odyssey.attempts a join odyssey.attempts b using (run_id) where a.number = 1 and"
                    + " b.number = 2 and b.begun_at >= a.ended_at + interval '2 seconds' and"
                    + " a.stream_id = '"
                    + stream
                    + "'"))
        .isEqualTo(1);
  }

  @Test
  void aRedirectIsNeverFollowed() throws Exception {
    UUID stream = stream();
    int before = sandbox.storage().requests().size();

    Run run = syncWith(Fault.status(302), stream);

    assertThat(run.status()).isEqualTo("failed");
    assertThat(run.errorDetails()).contains("redirects, which is never followed");
    assertThat(sandbox.storage().requests()).hasSize(before + 1);
  }

  private static void replace(Path file, String content) {
    try {
      Path whole = Files.writeString(Files.createTempFile(file.getParent(), "new", ""), content);
      Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static UUID stream() throws Exception {
    return TestStream.in(sandbox).containing(CONTENT).define();
  }

  private static Run syncWith(Fault fault, UUID stream) {
    sandbox.storage().failNext(1, fault);
    return runner.sync(stream);
  }

  private static void assertCompleted(Run run) {
    assertThat(run.errorMessage()).isNull();
    assertThat(run.status()).isEqualTo("completed");
    assertThat(run.inserted()).isEqualTo(ROWS);
  }

  private static long attempts(UUID stream) throws Exception {
    return count("odyssey.attempts where stream_id = '" + stream + "'");
  }

  private static long count(String from) throws Exception {
    try (var connection = sandbox.database().dataSource().getConnection();
        var statement = connection.createStatement();
        var row = statement.executeQuery("select count(*) from " + from)) {
      row.next();
      return row.getLong(1);
    }
  }
}
