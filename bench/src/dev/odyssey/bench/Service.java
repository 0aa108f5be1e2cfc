package dev.odyssey.bench;

import dev.odyssey.sandbox.Sandbox;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The service as it is, in a process of its own, on a sandbox. */
public final class Service implements AutoCloseable {
  private final Process process;
  private final int port;
  private final Path log;

  private Service(Process process, int port, Path log) {
    this.process = process;
    this.port = port;
    this.log = log;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param settings on top of the sandbox's, by name
   * @param jvmOptions such as a profiler's
   */
  public static Service start(
      Sandbox sandbox, Map<String, String> settings, List<String> jvmOptions, Path log)
      throws IOException, InterruptedException {
    Service service = begin(sandbox, settings, jvmOptions, log);
    try {
      service.awaitReady();
      return service;
    } catch (IOException | InterruptedException | RuntimeException e) {
      service.close();
      throw e;
    }
  }

  /** Starts it and does not wait. */
  public static Service begin(
      Sandbox sandbox, Map<String, String> settings, List<String> jvmOptions, Path log)
      throws IOException {
    return begin(sandbox, settings, jvmOptions, List.of(), log);
  }

  /**
   * Likewise.
   *
   * @param more goes behind the service's class path
   */
  public static Service begin(
      Sandbox sandbox,
      Map<String, String> settings,
      List<String> jvmOptions,
      List<Path> more,
      Path log)
      throws IOException {
    return launch(Jvm.service(jvmOptions, more), sandbox, settings, log);
  }

  /** Starts it on one core, its children too, and does not wait. */
  static Service beginOn(int core, Sandbox sandbox, Map<String, String> settings, Path log)
      throws IOException {
    List<String> command = new ArrayList<>(List.of("taskset", "-c", String.valueOf(core)));
    command.addAll(Jvm.service(List.of(), List.of()));
    return launch(command, sandbox, settings, log);
  }

  private static Service launch(
      List<String> command, Sandbox sandbox, Map<String, String> settings, Path log)
      throws IOException {
    int port = freePort();
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(sandbox.settings());
    builder.environment().put("HEALTH_CHECK_PORT", String.valueOf(port));
    builder.environment().putAll(settings);
    Files.createDirectories(log.getParent());
    Process process = builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
    Runtime.getRuntime().addShutdownHook(new Thread(process::destroy, "service-stop"));
    return new Service(process, port, log);
  }

  public Process process() {
    return process;
  }

  /** The most memory that its process had resident, in MiB; without its children. */
  double peakMib() throws IOException {
    return Measurement.peakOf(process.pid()) / 1024.0;
  }

  /** The CPU time that its process has used so far; without its children. */
  Duration cpu() {
    return process.info().totalCpuDuration().orElseThrow();
  }

  /** The same of its transform processes that live now. */
  Duration cpuOfChildren() {
    return process
        .children()
        .flatMap(child -> child.info().totalCpuDuration().stream())
        .reduce(Duration.ZERO, Duration::plus);
  }

  /** Waits until it is ready; repeatable. */
  public void awaitReady() throws IOException, InterruptedException {
    HttpRequest ready =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/ready")).build();
    HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    for (int i = 0; i < 600 && process.isAlive(); i++) {
      try {
        if (client.send(ready, BodyHandlers.discarding()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        // not yet listening
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    throw new IllegalStateException("The service is not ready; its log is " + log);
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(60, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
