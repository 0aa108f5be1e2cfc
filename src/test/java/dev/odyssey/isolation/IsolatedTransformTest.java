package dev.odyssey.isolation;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.failure.TransientFailure;
import dev.odyssey.transform.TransformRequest;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.TransformSettings;
import dev.odyssey.transform.engine.ProgressMeter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Real child processes, and all that may befall them: each costs its job only. */
class IsolatedTransformTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  @TempDir Path home;
  @TempDir Path job;
  private IsolatedTransform transforms;
  private final ProgressMeter progress = new ProgressMeter();

  @BeforeEach
  void start() {
    start(Work.settings());
  }

  @AfterEach
  void stop() throws Exception {
    transforms.close();
    assertThat(Processes.children()).isEmpty();
    assertThat(home).isEmptyDirectory();
  }

  @Test
  void aChildDoesOneJobAfterAnotherAndIsReplacedAfterItsShare() throws Exception {
    restart(with(2, 1));

    assertThat(transforms.run(Work.small(job), progress).inserted()).isEqualTo(2);
    long first = Processes.children().get(0);
    assertThat(transforms.run(Work.small(job), progress).inserted()).isEqualTo(2);

    assertThat(Processes.children()).doesNotContain(first);
    assertThat(transforms.run(Work.small(job), progress).inserted()).isEqualTo(2);
  }

  @Test
  void itsFailuresArriveAsTheyWereAndItGoesOn() throws Exception {
    transforms.run(Work.small(job), progress);
    long child = spare();
    TransformRequest empty = Work.request(job, "", Work.definition());

    PermanentFailure failure =
        catchThrowableOfType(PermanentFailure.class, () -> transforms.run(empty, progress));

    assertThat(failure).hasMessageContaining("the source file is empty");
    assertThat(failure.advice()).contains("redrive");
    assertThat(Processes.children()).containsExactly(child);
    assertThat(transforms.run(Work.small(job), progress).inserted()).isEqualTo(2);
  }

  @Test
  void progressArrivesWhileItWorks() throws Exception {
    var run = begin(Work.lengthy(job));

    await().atMost(PATIENCE).until(() -> progress.progress().bytes() > 0);

    assertThat(progress.progress().step()).isNotBlank();
    assertThat(run.join().inserted()).isEqualTo(Work.LONG_ROWS);
  }

  @Test
  void aStopEndsTheChild() throws Exception {
    long child = childAtWorkOn(begin(Work.lengthy(job)));

    progress.stop();

    await().atMost(PATIENCE).until(() -> !Processes.children().contains(child));
  }

  @Test
  void aKilledChildCostsItsJobAndTheNextOneRuns() throws Exception {
    var run = begin(Work.lengthy(job));

    Processes.kill("KILL", childAtWorkOn(run));

    assertDied(run, "killed by signal 9");
    assertThat(transforms.run(Work.small(job), new ProgressMeter()).inserted()).isEqualTo(2);
  }

  @Test
  void aCrashInTheEngineCostsItsJob() throws Exception {
    var run = begin(Work.lengthy(job));

    Processes.kill("SEGV", childAtWorkOn(run));

    assertDied(run, "killed by signal");
  }

  @Test
  void aHangingChildIsKilled() throws Exception {
    restart(new IsolationSettings(true, 256, PATIENCE, Duration.ofSeconds(2), 1L << 40, 50, 1));
    var run = begin(Work.lengthy(job));

    Processes.kill("STOP", childAtWorkOn(run));

    assertDied(run, "it hung: no word for 2 s");
  }

  @Test
  void whatAChildTellsOfAJobThatHasEndedDoesNotEndIt() throws Exception {
    transforms.run(Work.small(job), progress);
    long child = spare();

    try (OutputStream out = Files.newOutputStream(Path.of("/proc/" + child + "/fd/1"))) {
      out.write("{\"type\":\"PROGRESS\",\"progress\":{\"step\":\"late\"}}\n".getBytes(UTF_8));
    }

    assertThat(transforms.run(Work.small(job), new ProgressMeter()).inserted()).isEqualTo(2);
    assertThat(Processes.children()).containsExactly(child);
  }

  @Test
  void garbageOnItsOutputEndsIt() throws Exception {
    var run = begin(Work.lengthy(job));
    long child = childAtWorkOn(run);

    try (OutputStream out = Files.newOutputStream(Path.of("/proc/" + child + "/fd/1"))) {
      out.write("Segmentation violation? No, just noise.\n".getBytes(UTF_8));
    }

    assertDied(run, "something else than messages");
  }

  @Test
  void aTransformThatTakesTooLongIsEnded() throws Exception {
    restart(new IsolationSettings(true, 256, Duration.ofSeconds(1), PATIENCE, 1L << 40, 50, 1));

    assertDied(begin(Work.lengthy(job)), "longer than TRANSFORM_TIMEOUT_SECONDS, 1 s");
  }

  @Test
  void aJobThatFillsTheDiskIsEnded() throws Exception {
    restart(new IsolationSettings(true, 256, PATIENCE, PATIENCE, 5_000_000, 50, 1));
    TransformRequest plain = Work.lengthy(job);
    Path packed = job.resolve("source.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      Files.copy(plain.sourceFile(), out);
    }
    Files.delete(plain.sourceFile());

    assertDied(
        begin(Work.request(job, packed, Work.definition())),
        "more than TRANSFORM_DISK_LIMIT_BYTES");
  }

  @Test
  void aFileThatTakesMoreThanTheHeapCostsItsJob() throws Exception {
    IsolationSettings s = Work.settings();
    restart(
        new IsolationSettings(
            true, 64, s.timeLimit(), s.silenceLimit(), s.diskLimit(), s.jobsPerProcess(), 1));

    assertDied(
        begin(Work.ofOneLargeRow(job, 10, 12 << 20)),
        "it ran out of heap, TRANSFORM_HEAP_MIB is 64");
    assertThat(transforms.run(Work.small(job), progress).inserted()).isEqualTo(2);
  }

  @Test
  void aChildThatDiedWhileItWaitedIsNotTheJobsFault() throws Exception {
    Processes.kill("KILL", spare());

    assertThat(transforms.run(Work.small(job), progress).inserted()).isEqualTo(2);
  }

  @Test
  void aSpareThatDiedIsReplacedAndItsFolderGoes() throws Exception {
    long first = spare();

    Processes.kill("KILL", first);

    await().atMost(PATIENCE).until(() -> spare() != first);
    await().atMost(PATIENCE).until(() -> folders().size() == 1);
  }

  @Test
  void aJobIsGivenTheChildThatIsStartingAlready() throws Exception {
    restart(with(1, 2));
    long starting = spare();
    Processes.kill("STOP", starting); // so it stays on its way

    var run = begin(Work.small(job));
    await().atMost(PATIENCE).until(() -> Processes.children().size() == 2); // its successor
    Processes.kill("CONT", starting);

    assertThat(run.join().inserted()).isEqualTo(2);
    assertThat(Processes.children()).doesNotContain(starting); // it has done its one job
  }

  @Test
  void aProcessThatCannotStartFailsTheJobForNowAndIsNotTriedWithoutEnd() throws Exception {
    restart(new IsolationSettings(true, -1, PATIENCE, PATIENCE, 1L << 40, 50, 1));

    assertThatThrownBy(() -> transforms.run(Work.small(job), progress))
        .isInstanceOf(TransientFailure.class)
        .hasMessageContaining("no transform process takes a task");
    assertThat(IntStream.of(0, 1, 2, 3, 7, 1000).mapToObj(Children::delay))
        .extracting(Duration::toSeconds)
        .containsExactly(0L, 1L, 2L, 4L, 64L, 64L);
  }

  @Test
  void whatItPrintsIsLoggedAsOfItsJob() throws Exception {
    var told = new ListAppender<ILoggingEvent>();
    told.start();
    Logger log = (Logger) LoggerFactory.getLogger(Child.class);
    log.addAppender(told);
    try {
      var run =
          CompletableFuture.supplyAsync(
              () -> {
                MDC.put("run", "run 7");
                try {
                  return transforms.run(Work.lengthy(job), progress);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                } finally {
                  MDC.remove("run");
                }
              });

      Processes.kill("QUIT", childAtWorkOn(run)); // it prints its threads

      await().atMost(PATIENCE).until(() -> !List.copyOf(told.list).isEmpty());
      assertThat(List.copyOf(told.list))
          .allMatch(line -> "run 7".equals(line.getMDCPropertyMap().get("run")));
      run.join();
    } finally {
      log.detachAppender(told);
    }
  }

  @Test
  void itKnowsNothingOfOurEnvironmentAndIsTheFirstThatTheKernelKills() throws Exception {
    long child = spare();

    assertThat(Processes.proc(child, "environ").lines().map(line -> line.split("=", 2)[0]))
        .isSubsetOf(
            "LC_ALL",
            "HOME",
            "MALLOC_ARENA_MAX",
            "DUCKDB_JE_MALLOC_CONF",
            "PWD",
            "OLDPWD",
            "SHLVL",
            "_");
    assertThat(Processes.proc(child, "oom_score_adj")).isEqualToIgnoringWhitespace("1000");
    assertThat(Processes.proc(child, "limits").lines())
        .anyMatch(line -> line.matches("Max data size +\\d+ .*"))
        .anyMatch(line -> line.matches("Max core file size +0 .*"));
  }

  private void start(IsolationSettings settings) {
    transforms =
        new IsolatedTransform(home.resolve("children"), settings, TransformSettings.defaults());
    transforms.warmUp();
  }

  private void restart(IsolationSettings settings) throws Exception {
    transforms.close();
    start(settings);
  }

  /** The one child, warm or not. */
  private static long spare() {
    return await().atMost(PATIENCE).until(Processes::children, all -> all.size() == 1).get(0);
  }

  private CompletableFuture<TransformResult> begin(TransformRequest request) {
    return CompletableFuture.supplyAsync(() -> transforms.run(request, progress));
  }

  private long childAtWorkOn(CompletableFuture<TransformResult> run) {
    await()
        .atMost(PATIENCE)
        .until(() -> run.isDone() || !progress.progress().step().equals("beginning"));
    assertThat(run).as("it should still be under way").isNotDone();
    return Processes.children().get(0);
  }

  private static void assertDied(CompletableFuture<TransformResult> run, String how) {
    Throwable thrown = catchThrowableOfType(CompletionException.class, run::join).getCause();

    assertThat(thrown)
        .isInstanceOf(TransientFailure.class)
        .hasMessageContaining("Stream 'orders': the transform process died while")
        .hasMessageContaining(how);
    assertThat(((TransientFailure) thrown).details().path("kind").asText())
        .isEqualTo("transform-died");
  }

  private static IsolationSettings with(int jobsPerProcess, int places) {
    return new IsolationSettings(true, 256, PATIENCE, PATIENCE, 1L << 40, jobsPerProcess, places);
  }

  private List<Path> folders() throws IOException {
    try (var all = Files.newDirectoryStream(home.resolve("children"), "child-*")) {
      return StreamSupport.stream(all.spliterator(), false).toList();
    }
  }
}
