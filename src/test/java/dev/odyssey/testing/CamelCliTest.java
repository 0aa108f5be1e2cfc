package dev.odyssey.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CamelCliTest {
  private static final Duration FIRST_DOWNLOAD_INCLUDED = Duration.ofMinutes(3);

  @TempDir Path directory;

  @BeforeEach
  void writeAnApplication() throws IOException {
    Files.writeString(
        directory.resolve("greet.camel.yaml"),
        """
        - beans:
            - name: failure
              type: dev.odyssey.failure.PermanentFailure
              constructors: {"0": "{{GREETING}}", "1": none}
            - name: database
              type: org.postgresql.ds.PGSimpleDataSource
        - route:
            from:
              uri: timer:greet?repeatCount=1
              steps:
                - log: ${bean:failure?method=getMessage} from ${bean:database?method=getDescription}
        """);
    Files.writeString(directory.resolve("application.properties"), "GREETING = unset\n");
  }

  @Test
  void runsARouteWithOurJarAndItsLibrariesOnItsOwnCamelUntilStopped() throws Exception {
    try (var cli =
        start(
            "run", "greet.camel.yaml", "application.properties", CamelCli.RUNNER_JAR.toString())) {
      cli.awaitOutput("hello from Non-Pooling DataSource from PostgreSQL", FIRST_DOWNLOAD_INCLUDED);

      cli.stop();

      assertThat(cli.output()).contains("Apache Camel 4.17.0 (greet) shutdown");
    }
  }

  @Test
  void reportsABrokenRouteAndEnds() throws Exception {
    Files.writeString(
        directory.resolve("greet.camel.yaml"),
        "- route: {from: {uri: 'direct:x', steps: [{wat: 1}]}}");

    try (var cli = start("run", "greet.camel.yaml")) {
      assertThat(cli.awaitExit(FIRST_DOWNLOAD_INCLUDED)).isNotZero();

      assertThat(cli.output()).contains("wat");
    }
  }

  private CamelCli start(String... arguments) throws IOException {
    return CamelCli.start(directory, Map.of("GREETING", "hello"), arguments);
  }
}
