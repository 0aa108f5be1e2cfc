package dev.odyssey.sandbox;

import dev.odyssey.Runner;
import dev.odyssey.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Starts the sandbox with the service as it is: same routes, beans and settings.
 *
 * <p>{@code -Dodyssey.runner=COMMAND} runs the service by a shell command instead of in this JVM,
 * with the settings in its environment; SIGTERM must end it with exit code 0.
 */
public final class SandboxMain {
  private SandboxMain() {}

  /** Exits 0 when every sample run completed and, unless told otherwise, Ctrl-C ended it. */
  public static void main(String[] args) {
    Path folder = Path.of(System.getProperty("odyssey.sandbox", ".sandbox"));
    String command = System.getProperty("odyssey.runner", "");
    RunnerProcess runner =
        command.isBlank() ? SandboxMain::startRunner : settings -> startCommand(command, settings);
    var program = new SandboxProgram(runner, folder, System.out);
    Runtime.getRuntime().addShutdownHook(new Thread(program::close, "sandbox-stop"));
    // an exit, not a return: a part that failed may have left a thread behind
    System.exit(succeeds(program) ? 0 : 1);
  }

  private static boolean succeeds(SandboxProgram program) {
    try (program) {
      boolean completed = program.syncSamples();
      if (completed && !Boolean.getBoolean("odyssey.once")) {
        program.awaitClose();
      }
      return completed;
    } catch (Exception e) {
      e.printStackTrace();
      return false;
    }
  }

  /** Starts a shell command that runs the service elsewhere, such as in a container. */
  private static AutoCloseable startCommand(String command, Map<String, String> settings)
      throws IOException {
    var builder = new ProcessBuilder("sh", "-c", "exec " + command).inheritIO();
    builder.environment().putAll(settings);
    Process process = builder.start();
    return () -> {
      process.destroy();
      int exitCode = process.waitFor();
      if (exitCode != 0) {
        throw new IllegalStateException(command + " ended with exit code " + exitCode);
      }
    };
  }

  /** Starts the service with application.properties, the environment and these on top. */
  static AutoCloseable startRunner(Map<String, String> settings) throws Exception {
    var environment = new HashMap<>(System.getenv());
    environment.putAll(settings);
    return Runner.start(Settings.load(Path.of("application.properties"), environment))::stop;
  }
}
