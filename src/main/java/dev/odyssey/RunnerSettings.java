package dev.odyssey;

import dev.odyssey.routes.RouteFiles;
import dev.odyssey.settings.Settings;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;

/**
 * Where the service has its files, and how it goes on and stops.
 *
 * @param lookInterval how often edited routes are looked for; zero for never
 */
public record RunnerSettings(
    Path workDir, Path routesDir, Duration lookInterval, Duration shutdownTimeout) {

  public static RunnerSettings from(Settings settings) {
    return new RunnerSettings(
        Path.of(settings.text("WORK_DIR")),
        Path.of(settings.text("ROUTES_DIR")),
        settings.millis("ROUTES_RELOAD_INTERVAL_MS", 0, 3_600_000),
        settings.seconds("SHUTDOWN_TIMEOUT_SECONDS", 0, 86_400));
  }

  /** The route files; a folder without any is a wrong setting. */
  public RouteFiles routes(Settings settings) {
    var files = new RouteFiles(routesDir);
    try {
      files.read();
    } catch (IOException e) {
      settings.problem("ROUTES_DIR", "cannot be read: " + e);
    }
    return files;
  }
}
