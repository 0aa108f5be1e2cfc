package dev.odyssey.isolation;

import dev.odyssey.transform.TransformResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Distrust of a child's answer: a crafted file may have taken it over. Stateless. */
final class Results {
  private Results() {}

  /**
   * The result itself, its files and the parts of its snapshot checked to be plain files inside the
   * job's directory: else a child could have any file of this machine published.
   */
  static TransformResult within(Path directory, TransformResult result) throws IOException {
    if (result == null || result.snapshot() == null) {
      throw new IOException("a result without a snapshot");
    }
    Path home = directory.toRealPath();
    List<Path> files = new ArrayList<>(parts(result.snapshot()));
    Stream.of(result.changes(), result.rejects()).filter(path -> path != null).forEach(files::add);
    for (Path file : files) {
      boolean plain = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
      if (!plain || !file.toRealPath().startsWith(home)) {
        throw new IOException(file + " is no file of the job");
      }
    }
    return result;
  }

  /** A file is its only part. */
  private static List<Path> parts(Path snapshot) throws IOException {
    if (!Files.isDirectory(snapshot, LinkOption.NOFOLLOW_LINKS)) {
      return List.of(snapshot);
    }
    try (Stream<Path> parts = Files.list(snapshot)) {
      return parts.toList();
    }
  }
}
