package dev.odyssey.lineage;

import dev.odyssey.failure.Secret;
import dev.odyssey.settings.Settings;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Who is told of runs in OpenLineage's words; nobody where neither is set.
 *
 * @param url where events are posted to
 * @param apiKey sent along with them, and nowhere else
 * @param file that events are appended to, a line each
 * @param namespace of the jobs: tells this installation from others that tell the same back-end
 */
public record LineageSettings(
    Optional<URI> url, Optional<Secret> apiKey, Optional<Path> file, String namespace) {

  public static LineageSettings from(Settings settings) {
    return new LineageSettings(
        settings.optional("LINEAGE_URL").map(url -> settings.httpUrl("LINEAGE_URL", url)),
        settings.optionalSecret("LINEAGE_API_KEY"),
        settings.optional("LINEAGE_FILE").flatMap(file -> path(settings, file)),
        settings.text("LINEAGE_NAMESPACE"));
  }

  public boolean enabled() {
    return url.isPresent() || file.isPresent();
  }

  private static Optional<Path> path(Settings settings, String file) {
    try {
      return Optional.of(Path.of(file).toAbsolutePath());
    } catch (InvalidPathException e) {
      settings.problem("LINEAGE_FILE", "is no path of a file");
      return Optional.empty();
    }
  }
}
