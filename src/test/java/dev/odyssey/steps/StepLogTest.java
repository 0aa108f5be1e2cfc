package dev.odyssey.steps;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.odyssey.sandbox.Fault;
import dev.odyssey.sandbox.Run;
import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.testing.SandboxRunner;
import dev.odyssey.testing.TestStream;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What the log tells of a run, line by line. */
class StepLogTest {
  private static Sandbox sandbox;
  private static SandboxRunner runner;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();

  @BeforeAll
  static void start() throws Exception {
    sandbox = Sandbox.throwAway();
    runner = SandboxRunner.start(sandbox, Map.of("MAX_RETRIES", "2"));
  }

  @AfterAll
  static void stop() throws Exception {
    runner.close();
    sandbox.close();
  }

  @BeforeEach
  void listen() {
    log.start();
    root().addAppender(log);
  }

  @AfterEach
  void listenNoMore() {
    root().detachAppender(log);
  }

  @Test
  void aRunIsALineForEachStepInItsContext() throws Exception {
    UUID stream = stream("id\n1\n2\n");

    Run run = runner.sync(stream);

    List<ILoggingEvent> lines = linesOf(run);
    assertThat(lines)
        .extracting(StepLogTest::step)
        .containsExactly(
            "wait-in-queue",
            "begin-attempt",
            "download-source",
            "download-previous",
            "transform-source",
            "publish-snapshot",
            "complete-run");
    assertThat(lines).extracting(ILoggingEvent::getLevel).containsOnly(Level.INFO);
    assertThat(lines)
        .allSatisfy(
            line ->
                assertThat(line.getMDCPropertyMap())
                    .containsEntry("stream", stream.toString())
                    .containsEntry("streamName", "stream " + stream)
                    .containsEntry("tenant", "c0000000-0000-4000-8000-000000000003")
                    .containsEntry("attempt", "1"));
    assertThat(lines.get(4).getFormattedMessage()).contains("2 rows, 2 inserted");
  }

  @Test
  void aDeadLetteredRunTellsItsErrorOnceWithTheAdvice() throws Exception {
    Run run = runner.sync(TestStream.in(sandbox).at("not/there.csv").define());

    assertThat(linesOf(run))
        .extracting(StepLogTest::step)
        .containsExactly("wait-in-queue", "begin-attempt", "download-source", "dead-letter-run");
    assertThat(errors(run))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.getFormattedMessage())
                    .startsWith("download-source failed, the run is dead-lettered: ")
                    .contains("NoSuchKey", " -- Upload schema-files/not/there.csv"));
  }

  @Test
  void aRetriedRunTellsOneErrorForEachAttempt() throws Exception {
    UUID stream = stream("id\n1\n");
    sandbox.storage().failNext(3, Fault.status(503));

    Run run = runner.sync(stream);

    assertThat(run.status()).isEqualTo("completed");
    assertThat(errors(run))
        .singleElement()
        .satisfies(
            line ->
                assertThat(line.getFormattedMessage())
                    .startsWith("download-source failed, the run is retrying: "));
    assertThat(linesOf(run).stream().filter(line -> step(line).equals("complete-run")))
        .singleElement()
        .satisfies(line -> assertThat(line.getMDCPropertyMap()).containsEntry("attempt", "2"));
  }

  @Test
  void theLinesOfAStepThatIsTriedAgainAreInTheContext() throws Exception {
    UUID stream = stream("id\n1\n");
    sandbox.storage().failNext(2, Fault.status(503));

    Run run = runner.sync(stream);

    assertThat(all(run).stream().filter(line -> line.getLevel() == Level.WARN)).hasSize(2);
  }

  private static UUID stream(String content) throws Exception {
    return TestStream.in(sandbox)
        .at(UUID.randomUUID() + ".csv")
        .containing(content.getBytes(UTF_8))
        .define();
  }

  /** The line comes after the database's answer. */
  private List<ILoggingEvent> linesOf(Run run) {
    await().until(() -> all(run).stream().anyMatch(StepLogTest::isLast));
    return all(run).stream()
        .filter(line -> line.getLoggerName().equals(StepLog.class.getName()))
        .toList();
  }

  private List<ILoggingEvent> errors(Run run) {
    return all(run).stream().filter(line -> line.getLevel() == Level.ERROR).toList();
  }

  private List<ILoggingEvent> all(Run run) {
    return List.copyOf(log.list).stream()
        .filter(line -> run.id().toString().equals(line.getMDCPropertyMap().get("run")))
        .toList();
  }

  private static boolean isLast(ILoggingEvent line) {
    return line.getLoggerName().equals(StepLog.class.getName())
        && List.of("complete-run", "dead-letter-run").contains(step(line));
  }

  private static String step(ILoggingEvent line) {
    return line.getKeyValuePairs().get(0).value.toString();
  }

  private static Logger root() {
    return (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  }
}
