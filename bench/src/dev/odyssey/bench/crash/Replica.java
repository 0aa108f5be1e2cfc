package dev.odyssey.bench.crash;

import dev.odyssey.bench.Service;
import dev.odyssey.sandbox.Sandbox;
import dev.odyssey.testing.TcpProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One of the service's processes, with a wire of its own to the database. */
final class Replica implements AutoCloseable {
  private final String name;
  private final Sandbox sandbox;
  private final Map<String, String> settings = new HashMap<>();
  private final Path logs;
  private final TcpProxy wire;
  private Service service;
  private int starts;

  /**
   * @param settings on top of the sandbox's
   * @param logs a folder for what each process prints
   */
  Replica(String name, Sandbox sandbox, Map<String, String> settings, Path logs)
      throws IOException {
    this.name = name;
    this.sandbox = sandbox;
    this.logs = logs;
    int port = sandbox.database().port();
    this.wire = new TcpProxy(port);
    this.settings.putAll(settings);
    String url = sandbox.settings().get("DATABASE_URL");
    this.settings.put("DATABASE_URL", url.replace(":" + port + "/", ":" + wire.port() + "/"));
  }

  String name() {
    return name;
  }

  TcpProxy wire() {
    return wire;
  }

  /** Starts a process and does not wait until it is ready. */
  void start() throws IOException {
    starts++;
    Path log = logs.resolve("replica-" + name + "-" + starts + ".log");
    service =
        Service.begin(
            sandbox,
            settings,
            List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"),
            List.of(Gate.location()),
            log);
  }

  void awaitReady() throws IOException, InterruptedException {
    service.awaitReady();
  }

  /** SIGKILL. */
  void kill() throws InterruptedException {
    service.process().destroyForcibly().waitFor();
  }

  /** SIGSTOP: the process stands still, and its connections stay open. */
  void stop() throws IOException, InterruptedException {
    signal("-STOP");
  }

  /** SIGCONT. */
  void wakeUp() throws IOException, InterruptedException {
    signal("-CONT");
  }

  private void signal(String signal) throws IOException, InterruptedException {
    String pid = String.valueOf(service.process().pid());
    if (new ProcessBuilder("kill", signal, pid).inheritIO().start().waitFor() != 0) {
      throw new IOException("Replica " + name + " is gone; see " + logs);
    }
  }

  boolean isAlive() {
    return service.process().isAlive();
  }

  @Override
  public void close() throws IOException {
    if (service != null) {
      service.close();
    }
    wire.close();
  }
}
