package dev.odyssey.isolation;

import dev.odyssey.transform.TransformResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Distrust of a child's answer: a crafted file may have taken it over. Stateless. */
final class Results {
  private Results() {}

  /**
   * The result itself, its files checked to be plain files inside the job's directory: else a child
   * could have any file of this machine published.
   */
  static TransformResult within(Path directory, TransformResult result) throws IOException {
    if (result == null || result.snapshot() == null) {
      throw new IOException("a result without a snapshot");
    }
    Path home = directory.toRealPath();
    for (Path file :
        Stream.of(result.snapshot(), result.changes(), result.rejects())
            .filter(path -> path != null)
            .toList()) {
      boolean plain = Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
      if (!plain || !file.toRealPath().startsWith(home)) {
        throw new IOException(file + " is no file of the job");
      }
    }
    return result;
  }
}
