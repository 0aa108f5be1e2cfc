package dev.odyssey.testing;

import static org.awaitility.Awaitility.await;

import dev.odyssey.Runner;
import dev.odyssey.sandbox.Run;
import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/** The service on a sandbox, in this JVM, impatient enough for tests. */
public final class SandboxRunner implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Sandbox sandbox;
  private final Runner runner;
  private final int healthPort;

  private SandboxRunner(Sandbox sandbox, Runner runner, int healthPort) {
    this.sandbox = sandbox;
    this.runner = runner;
    this.healthPort = healthPort;
  }

  /**
   * Starts it with these settings on top of the sandbox's and the tests'.
   *
   * @param settings by the names of the environment variables
   */
  public static SandboxRunner start(Sandbox sandbox, Map<String, String> settings)
      throws Exception {
    int healthPort = freePort();
    return new SandboxRunner(
        sandbox,
        Runner.start(
            Settings.load(
                Path.of("application.properties"), environment(sandbox, healthPort, settings))),
        healthPort);
  }

  /** What a runner in another process needs in its environment. */
  public static Map<String, String> environment(
      Sandbox sandbox, int healthPort, Map<String, String> settings) {
    var environment = new HashMap<>(sandbox.settings());
    environment.put("HEALTH_CHECK_PORT", String.valueOf(healthPort));
    environment.put("POLL_INTERVAL_MS", "100");
    environment.put("READINESS_INTERVAL_MS", "100");
    environment.put("STEP_RETRY_DELAY_MS", "10");
    environment.put("RETRY_DELAY_SECONDS", "0");
    environment.put("ROUTES_RELOAD_INTERVAL_MS", "200");
    environment.put("SHUTDOWN_TIMEOUT_SECONDS", "30");
    environment.putAll(settings);
    return environment;
  }

  /** Asks for a sync and waits until its run is over. */
  public Run sync(UUID streamId) {
    return over(sandbox.enqueue(streamId));
  }

  public boolean isOver(UUID runId) {
    return sandbox.run(runId).isOver();
  }

  /** Waits until the run is over. */
  public Run over(UUID runId) {
    await("run " + runId).atMost(PATIENCE).until(() -> sandbox.run(runId).isOver());
    return sandbox.run(runId);
  }

  /** Where the management server listens. */
  public int healthPort() {
    return healthPort;
  }

  /** Asks the management server. */
  public HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return get(healthPort, path);
  }

  /**
   * Of HTTP/1.1: with the upgrade to HTTP/2 that the JDK's client asks for by default, it once
   * waited without end for a body that it had received whole.
   */
  public static HttpClient httpClient() {
    return HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  }

  public static HttpResponse<String> get(int port, String path)
      throws IOException, InterruptedException {
    return httpClient()
        .send(
            HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .timeout(Duration.ofSeconds(10))
                .build(),
            HttpResponse.BodyHandlers.ofString());
  }

  public static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() throws IOException {
    try {
      runner.stop();
    } catch (Exception e) {
      throw new IOException("The runner did not stop", e);
    }
  }
}
