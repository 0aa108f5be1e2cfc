package dev.odyssey.sandbox;

import java.io.IOException;
import java.io.PrintStream;
import java.io.Writer;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The program of {@code ./mvnw -Psandbox}: syncs the samples with the service as it is, says what
 * happened, and serves on. Each start brings the other version of the samples, so that there is a
 * difference to see.
 */
public final class SandboxProgram implements AutoCloseable {

  private static final int USUAL_HEALTH_PORT = 8080;
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long LOOK_EVERY_MILLIS = 200;

  private final RunnerProcess runner;
  private final Path folder;
  private final PrintStream out;
  private final String password = password();
  private final CountDownLatch closing = new CountDownLatch(1);
  private Sandbox sandbox;
  private AutoCloseable running;

  /**
   * @param runner starts the service
   * @param folder where all state lives
   */
  public SandboxProgram(RunnerProcess runner, Path folder, PrintStream out) {
    this.runner = runner;
    this.folder = folder.toAbsolutePath().normalize();
    this.out = out;
  }

  /**
   * Starts everything and syncs the samples; all runs on afterwards.
   *
   * @return whether every sample run completed
   */
  public boolean syncSamples() throws Exception {
    String healthPort = String.valueOf(healthPort());
    int version = nextVersion();
    out.printf("Odyssey Runner's sandbox in %s, samples version %d%n", folder, version);
    start(healthPort);
    sandbox.installSamples(version);
    Map<Sample, Run> runs = syncAll();
    Report report = new Report(out);
    report.print(runs);
    report.printWhereToLook(
        sandbox.s3().bucketFolder(), sandbox.database().url(), commandLineFile());
    report.printPage(healthPort, password);
    boolean completed = runs.values().stream().allMatch(Run::isCompleted);
    if (completed) {
      Files.writeString(versionFile(), String.valueOf(version));
    }
    return completed;
  }

  /** Waits for {@link #close()}. */
  public void awaitClose() throws InterruptedException {
    closing.await();
  }

  /** Stops the service, then what it stands on. Repeatable. */
  @Override
  public void close() {
    closing.countDown();
    synchronized (this) {
      try {
        stopRunner();
      } finally {
        if (sandbox != null) {
          sandbox.close();
        }
      }
    }
  }

  private void stopRunner() {
    if (running == null) {
      return;
    }
    try {
      running.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) {
      throw new IllegalStateException("The runner did not stop", e);
    } finally {
      running = null;
    }
  }

  private synchronized void start(String healthPort) throws Exception {
    sandbox = Sandbox.start(folder);
    Map<String, String> settings = new HashMap<>(sandbox.settings());
    settings.put("POLL_INTERVAL_MS", "500");
    settings.put("HEALTH_CHECK_PORT", healthPort);
    settings.put("DASHBOARD_PASSWORD", password);
    writeForCommandLine(settings);
    running = runner.start(settings);
  }

  /** So that bin/odyssey finds what the runner has. */
  private void writeForCommandLine(Map<String, String> settings) throws IOException {
    var properties = new Properties();
    properties.putAll(settings);
    try (Writer file = Files.newBufferedWriter(commandLineFile())) {
      properties.store(file, "The sandbox, for bin/odyssey --config");
    }
  }

  private Path commandLineFile() {
    return folder.resolve("odyssey.properties");
  }

  private Map<Sample, Run> syncAll() throws InterruptedException {
    Map<Sample, UUID> asked = new EnumMap<>(Sample.class);
    for (Sample sample : Sample.values()) {
      asked.put(sample, sandbox.enqueue(sample.streamId()));
    }
    Map<Sample, Run> runs = new EnumMap<>(Sample.class);
    Instant giveUp = Instant.now().plus(PATIENCE);
    do {
      asked.forEach((sample, run) -> runs.put(sample, sandbox.run(run)));
    } while (!runs.values().stream().allMatch(Run::isOver)
        && Instant.now().isBefore(giveUp)
        && !closing.await(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS));
    return runs;
  }

  private int nextVersion() throws IOException {
    boolean firstIsThere =
        Files.exists(versionFile()) && Files.readString(versionFile()).strip().equals("1");
    return firstIsThere ? 2 : 1;
  }

  private Path versionFile() {
    return folder.resolve("samples-version");
  }

  /** The one that is set, else a new one at each start: the page's buttons are to be tried. */
  private static String password() {
    String set = System.getenv("DASHBOARD_PASSWORD");
    return set == null || set.isBlank() ? UUID.randomUUID().toString().substring(0, 8) : set;
  }

  /** The usual port, or any where somebody else has that one. */
  private static int healthPort() throws IOException {
    try (ServerSocket socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(USUAL_HEALTH_PORT));
      return USUAL_HEALTH_PORT;
    } catch (IOException taken) {
      return Loopback.freePort();
    }
  }
}
