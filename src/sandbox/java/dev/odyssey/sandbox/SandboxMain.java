package dev.odyssey.sandbox;

import dev.odyssey.Runner;
import dev.odyssey.settings.Settings;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** Starts the sandbox with the service as it is: same routes, beans and settings. */
public final class SandboxMain {
  private SandboxMain() {}

  /** Exits 0 when every sample run completed and, unless told otherwise, Ctrl-C ended it. */
  public static void main(String[] args) {
    Path folder = Path.of(System.getProperty("odyssey.sandbox", ".sandbox"));
    var program = new SandboxProgram(SandboxMain::startRunner, folder, System.out);
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

  /** Starts the service with application.properties, the environment and these on top. */
  static AutoCloseable startRunner(Map<String, String> settings) throws Exception {
    var environment = new HashMap<>(System.getenv());
    environment.putAll(settings);
    return Runner.start(Settings.load(Path.of("application.properties"), environment))::stop;
  }
}
