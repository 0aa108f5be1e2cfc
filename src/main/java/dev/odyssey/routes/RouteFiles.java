package dev.odyssey.routes;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The route files of a folder, compared by content: an edit is seen through symbolic links and
 * mounted volumes too, where file events and time stamps are not to be trusted.
 */
public final class RouteFiles {
  private static final String SUFFIX = ".camel.yaml";

  private final Path folder;

  public RouteFiles(Path folder) {
    this.folder = folder.toAbsolutePath();
  }

  /** What camel-main loads, in its own notation. */
  String includePattern() {
    return "file:" + folder + "/*" + SUFFIX;
  }

  /**
   * The text of every route file, by name.
   *
   * @throws IOException when the folder cannot be read or holds no route file
   */
  public Map<String, String> read() throws IOException {
    var texts = new TreeMap<String, String>();
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(SUFFIX)).toList()) {
        texts.put(file.getFileName().toString(), Files.readString(file));
      }
    }
    if (texts.isEmpty()) {
      throw new IOException(folder + " holds no *" + SUFFIX + " file");
    }
    return texts;
  }
}
