package dev.odyssey.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.odyssey.sandbox.Sample;
import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.testing.SandboxRunner;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service behind PgBouncer in transaction mode; .ci/run installs it. */
class PoolerTest {
  private static final Path PGBOUNCER = Path.of("/usr/sbin/pgbouncer");

  @TempDir Path folder;

  @Test
  void jobsCompleteThroughATransactionPoolerAndAfterItsRestart() throws Exception {
    assumeTrue(
        Files.isExecutable(PGBOUNCER), "pgbouncer is not installed: apt-get install pgbouncer");
    try (var sandbox = Sandbox.throwAway()) {
      sandbox.installSamples(1);
      int port = SandboxRunner.freePort();
      Process pooler = pooler(sandbox, port);
      try (var runner =
          SandboxRunner.start(
              sandbox,
              Map.of(
                  "DATABASE_URL",
                  "postgres://odyssey_runner:x@127.0.0.1:" + port + "/postgres",
                  "DATABASE_LISTEN",
                  "false"))) {
        for (int round = 0; round < 3; round++) {
          assertThat(runner.sync(Sample.PRODUCTS.streamId()).isCompleted()).isTrue();
        }

        pooler.destroy();
        pooler.waitFor();
        UUID run = sandbox.enqueue(Sample.PRODUCTS.streamId());
        await().until(() -> runner.get("/ready").statusCode() == 503);
        pooler = pooler(sandbox, port);

        assertThat(runner.over(run).isCompleted()).isTrue();
      } finally {
        pooler.destroyForcibly();
      }
    }
  }

  private Process pooler(Sandbox sandbox, int port) throws IOException {
    Path config = folder.resolve("pgbouncer.ini");
    Path users = folder.resolve("users.txt");
    Files.writeString(users, "\"odyssey_runner\" \"x\"\n");
    Files.writeString(
        config,
        """
        [databases]
        postgres = host=127.0.0.1 port=%d dbname=postgres
        [pgbouncer]
        listen_addr = 127.0.0.1
        listen_port = %d
        unix_socket_dir =
        auth_type = trust
        auth_file = %s
        pool_mode = transaction
        default_pool_size = 3
        ignore_startup_parameters = extra_float_digits
        """
            .formatted(sandbox.database().port(), port, users));
    var command = new ArrayList<>(List.of(PGBOUNCER.toString(), config.toString()));
    if ("root".equals(System.getProperty("user.name"))) {
      command.addAll(1, List.of("-u", "nobody"));
      for (Path path : List.of(folder, config, users)) {
        path.toFile().setReadable(true, false);
        path.toFile().setExecutable(true, false);
      }
    }
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("pgbouncer.log").toFile())
            .start();
    await().until(() -> listens(port));
    return process;
  }

  private static boolean listens(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }
}
