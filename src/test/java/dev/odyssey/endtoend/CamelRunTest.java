package dev.odyssey.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.odyssey.sandbox.Fault;
import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.testing.CamelCli;
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
import org.junit.jupiter.api.Test;

class CamelRunTest {

  @Test
  void theCamelCliRunsTheSameJobsAndGivesBackWhatDoesNotEnd() throws Exception {
    try (var sandbox = Sandbox.throwAway()) {
      UUID stream = TestStream.in(sandbox).containing("id\n1\n2\n".getBytes(UTF_8)).define();
      UUID run = sandbox.enqueue(stream);
      var arguments = new ArrayList<>(List.of("run"));
      try (Stream<Path> files = Files.list(Path.of("routes"))) {
        files.sorted().map(Path::toString).forEach(arguments::add);
      }
      arguments.addAll(List.of("application.properties", "--profile=prod"));
      var environment =
          SandboxRunner.environment(
              sandbox, SandboxRunner.freePort(), Map.of("SHUTDOWN_TIMEOUT_SECONDS", "1"));
      UUID given;
      UUID slow = TestStream.in(sandbox).containing("id\n1\n2\n".getBytes(UTF_8)).define();

      try (var cli =
          CamelCli.start(
              Path.of("").toAbsolutePath(), environment, arguments.toArray(String[]::new))) {
        cli.awaitUntil("the job is over", Duration.ofMinutes(3), () -> sandbox.run(run).isOver());
        sandbox.storage().failNext(1, new Fault.Stall(3));
        given = sandbox.enqueue(slow);
        cli.awaitUntil(
            "the slow job runs",
            Duration.ofMinutes(1),
            () -> sandbox.storage().requests().size() > 1);
        cli.stop();
      }

      assertThat(sandbox.run(run).status()).isEqualTo("completed");
      assertThat(sandbox.run(run).inserted()).isEqualTo(2);
      assertThat(sandbox.run(given).status()).isEqualTo("pending");
    }
  }
}
