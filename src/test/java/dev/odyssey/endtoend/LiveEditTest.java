package dev.odyssey.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.odyssey.routes.LiveRoutes;
import dev.odyssey.sandbox.Run;
import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.testing.SandboxRunner;
import dev.odyssey.testing.TestStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

class LiveEditTest {
  private static final String FILE = "complete-run.camel.yaml";

  @TempDir Path routes;
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private Sandbox sandbox;
  private SandboxRunner runner;

  @BeforeEach
  void start() throws Exception {
    try (Stream<Path> files = Files.list(Path.of("routes"))) {
      for (Path file : files.toList()) {
        Files.copy(file, routes.resolve(file.getFileName()));
      }
    }
    log.start();
    logger("complete-run").addAppender(log);
    logger(LiveRoutes.class.getName()).addAppender(log);
    sandbox = Sandbox.throwAway();
    runner = SandboxRunner.start(sandbox, Map.of("ROUTES_DIR", routes.toString()));
  }

  @AfterEach
  void stop() throws Exception {
    logger("complete-run").detachAppender(log);
    logger(LiveRoutes.class.getName()).detachAppender(log);
    runner.close();
    sandbox.close();
  }

  @Test
  void anEditUnderLoadTakesEffectAndNoJobIsLostOrRepeated() throws Exception {
    UUID stream = stream();
    List<UUID> runs = new ArrayList<>();
    String text = Files.readString(routes.resolve(FILE));

    for (int edit = 1; edit <= 3; edit++) {
      String mark = "edited for the time no. " + edit;
      Files.writeString(routes.resolve(FILE), logging(text, mark));
      await(mark)
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                UUID run = sandbox.enqueue(stream);
                runs.add(run);
                runner.over(run);
                return logged(mark);
              });
    }

    for (UUID id : runs) {
      Run run = runner.over(id);
      assertThat(run.status()).as(run.errorMessage()).isEqualTo("completed");
      assertThat(attempts(id)).isEqualTo(1);
    }
  }

  @Test
  void aBrokenEditIsReportedAndTheRoutesBeforeGoOn() throws Exception {
    UUID stream = stream();
    String text = Files.readString(routes.resolve(FILE));

    Files.writeString(routes.resolve(FILE), text.replace("direct:complete-run", "dirrect:x"));
    await().until(() -> logged("The edited routes are refused"));

    assertThat(runner.sync(stream).status()).isEqualTo("completed");
    assertThat(log.list).anyMatch(event -> event.getFormattedMessage().contains("dirrect"));
  }

  @Test
  void anEditThatCallsARouteThatIsNotThereIsRefused() throws Exception {
    UUID stream = stream();

    Files.delete(routes.resolve("transform-source.camel.yaml"));
    await().until(() -> logged("no route begins with direct:transform-source"));

    assertThat(runner.sync(stream).status()).isEqualTo("completed");
  }

  @Test
  void anEditWithoutTheRouteThatRenewsLeasesIsRefused() throws Exception {
    Files.delete(routes.resolve("renew-leases.camel.yaml"));

    await().until(() -> logged("no route has the id renew-leases"));
  }

  @Test
  void anEditWithoutThePolicyForFailuresIsRefused() throws Exception {
    Files.delete(routes.resolve("failure-policy.camel.yaml"));

    await().until(() -> logged("no routeConfiguration has a deadLetterChannel"));
  }

  @Test
  void anEditWithoutTheRouteOfAJobIsRefused() throws Exception {
    Files.delete(routes.resolve("process-job.camel.yaml"));

    await().until(() -> logged("no route has the id process-job"));
  }

  @Test
  void anEditThatCallsAMethodThatABeanDoesNotHaveIsRefused() throws Exception {
    UUID stream = stream();
    Path file = routes.resolve("process-job.camel.yaml");
    String text = Files.readString(file);

    Files.writeString(file, text.replace("method=isUnchanged(", "method=isUnchangd("));
    await()
        .until(
            () ->
                logged(
                    "process-job.camel.yaml: bean lastSources has no method isUnchangd; did you"
                        + " mean isUnchanged?"));

    assertThat(runner.sync(stream).status()).isEqualTo("completed");
  }

  @Test
  void afterABrokenEditTheMendedOneTakesEffect() throws Exception {
    UUID stream = stream();
    String text = Files.readString(routes.resolve(FILE));
    Files.writeString(routes.resolve(FILE), "- route: [this is no route");
    await().until(() -> logged("The edited routes are refused"));

    Files.writeString(routes.resolve(FILE), logging(text, "mended"));
    await().until(() -> logged("The edited routes are in effect"));

    assertThat(runner.sync(stream).status()).isEqualTo("completed");
    assertThat(logged("mended")).isTrue();
  }

  /** The route with a step more. */
  private static String logging(String text, String mark) {
    return text.replace("      steps:\n", "      steps:\n        - log: \"" + mark + "\"\n");
  }

  private UUID stream() throws Exception {
    return TestStream.in(sandbox).containing("id\n1\n".getBytes(UTF_8)).define();
  }

  private boolean logged(String text) {
    return List.copyOf(log.list).stream()
        .anyMatch(event -> event.getFormattedMessage().contains(text));
  }

  private long attempts(UUID run) throws Exception {
    try (var connection = sandbox.database().dataSource().getConnection();
        var count =
            connection.prepareStatement("select count(*) from odyssey.attempts where run_id = ?")) {
      count.setObject(1, run);
      try (var row = count.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static Logger logger(String name) {
    return (Logger) LoggerFactory.getLogger(name);
  }
}
