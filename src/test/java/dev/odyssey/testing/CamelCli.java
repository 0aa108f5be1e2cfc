package dev.odyssey.testing;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * The Camel CLI as a user starts it, {@code bin/camel}: a JVM of its own with the CLI's own Camel
 * and nothing of the test's class path. Close it and no process is left behind.
 */
public final class CamelCli implements AutoCloseable {
  /**
   * Our jar as {@code camel run} takes it; {@code ./mvnw process-classes} makes it, in an IDE too.
   */
  public static final Path RUNNER_JAR = Path.of("target/odyssey-runner.jar").toAbsolutePath();

  private static final Path SCRIPT = Path.of("bin/camel").toAbsolutePath();
  private static final Duration TIME_TO_STOP = Duration.ofSeconds(60);

  private final Process process;
  private final Path log;

  private CamelCli(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /**
   * Starts {@code bin/camel ARGUMENTS} in the directory; the environment is ours plus the given
   * variables.
   */
  public static CamelCli start(Path directory, Map<String, String> environment, String... arguments)
      throws IOException {
    Path log = Files.createTempFile("camel-cli-", ".log");
    var command = new ArrayList<>(List.of(SCRIPT.toString()));
    command.addAll(List.of(arguments));
    var builder = new ProcessBuilder(command).directory(directory.toFile());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().putAll(environment);
    return new CamelCli(builder.start(), log);
  }

  /**
   * Waits until the condition holds; fails at once, with the output, when the CLI ends before that.
   */
  public void awaitUntil(String description, Duration atMost, Callable<Boolean> condition) {
    await(description)
        .atMost(atMost)
        .pollInterval(Duration.ofMillis(100))
        .until(() -> holds(condition));
  }

  public void awaitOutput(String text, Duration atMost) {
    awaitUntil("output has '" + text + "'", atMost, () -> output().contains(text));
  }

  /** Everything written so far, standard output and error in one. */
  public String output() throws IOException {
    return Files.readString(log);
  }

  /** Waits for the CLI to end by itself and returns its exit code. */
  public int awaitExit(Duration atMost) throws InterruptedException, IOException {
    if (!process.waitFor(atMost.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError("The CLI still runs after " + atMost + ": " + output());
    }
    return process.exitValue();
  }

  /** Sends SIGTERM, waits for an orderly end and returns the exit code. */
  public int stop() throws InterruptedException, IOException {
    process.destroy();
    return awaitExit(TIME_TO_STOP);
  }

  private boolean holds(Callable<Boolean> condition) throws Exception {
    boolean running = process.isAlive();
    if (condition.call()) {
      return true;
    }
    if (!running) {
      throw new AssertionError("The CLI ended: " + output());
    }
    return false;
  }

  @Override
  public void close() throws IOException {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly().onExit().join();
    Files.delete(log);
  }
}
