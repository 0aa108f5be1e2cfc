package dev.odyssey.bench;

import dev.odyssey.sandbox.Sandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Starts the service by its command, as often as asked, and waits until it is ready. */
final class StartUp {
  private static final int LOOK_MILLIS = 20;
  private static final int PATIENCE_SECONDS = 60;

  private final String command;
  private final Sandbox sandbox;
  private final Map<String, String> settings;
  private final Path log;

  /**
   * @param command for the shell
   * @param settings on top of the sandbox's, by name
   * @param log gets what the service prints, of the last start alone
   */
  StartUp(String command, Sandbox sandbox, Map<String, String> settings, Path log) {
    this.command = command;
    this.sandbox = sandbox;
    this.settings = settings;
    this.log = log;
  }

  /**
   * Seconds since the exec.
   *
   * @param alive when /health said 200
   * @param ready when /ready did
   * @param cpu CPU time until then, the children's included
   */
  record Times(double alive, double ready, double cpu) {}

  /** One start, from exec to ready, and the stop. */
  Times once(List<String> jvmOptions) throws IOException, InterruptedException {
    int port = Service.freePort();
    var builder = new ProcessBuilder("sh", "-c", "exec " + command);
    builder.environment().putAll(sandbox.settings());
    builder.environment().put("HEALTH_CHECK_PORT", String.valueOf(port));
    builder.environment().putAll(settings);
    builder.environment().merge("JAVA_OPTS", String.join(" ", jvmOptions), (a, b) -> a + " " + b);
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    long begin = System.nanoTime();
    Process process = builder.start();
    try {
      double alive = await(process, port, "/health", begin);
      double ready = await(process, port, "/ready", begin);
      return new Times(alive, ready, cpu(process).toMillis() / 1000.0);
    } finally {
      process.destroy();
      if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    }
  }

  private double await(Process process, int port, String path, long begin)
      throws InterruptedException {
    while (!answers(port, path)) {
      double waited = (System.nanoTime() - begin) / 1e9;
      if (!process.isAlive() || waited > PATIENCE_SECONDS) {
        throw new IllegalStateException(path + " never said 200; the service's log is " + log);
      }
      TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
    }
    return (System.nanoTime() - begin) / 1e9;
  }

  /** By hand: an HTTP client would use the cores that are measured. */
  private static boolean answers(int port, String path) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      String request = "GET " + path + " HTTP/1.0\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      byte[] answer = socket.getInputStream().readNBytes(12);
      return new String(answer, StandardCharsets.US_ASCII).endsWith(" 200");
    } catch (IOException e) {
      return false; // not listening yet
    }
  }

  private static Duration cpu(Process process) {
    List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
    all.add(process.toHandle());
    return all.stream()
        .flatMap(one -> one.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }
}
