package dev.odyssey.isolation;

import dev.odyssey.transform.TransformSettings;
import dev.odyssey.work.Folders;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Prepares, beside our jar, what children start sooner with: the engine kit, and an archive of the
 * classes that a warm child has. Run by {@code bin/archive-classes}; repeatable.
 */
public final class ArchiveMain {
  private static final int HEAP_MIB = 256;

  private ArchiveMain() {}

  /**
   * Ends with an error, and leaves no archive, where the child does not become warm.
   *
   * @param arguments the JVM's option that names an archive to write, such as {@code
   *     -XX:ArchiveClassesAtExit}
   */
  public static void main(String[] arguments) throws Exception {
    Path kit = EngineKit.prepared();
    Folders.delete(kit);
    EngineKit.unpack(Files.createDirectories(kit));
    Path work = Files.createTempDirectory("odyssey-archive-");
    try {
      archive(work, arguments[0], kit.resolve(ChildCommand.ARCHIVE));
    } finally {
      Folders.delete(work);
    }
  }

  private static void archive(Path work, String option, Path archive)
      throws IOException, InterruptedException {
    Path child = Files.createDirectory(work.resolve("child"));
    Path log = work.resolve("log");
    Process process =
        new ChildCommand(work, unlimited(), TransformSettings.defaults())
            .in(child, List.of(option + "=" + archive))
            .redirectError(log.toFile())
            .start();
    try (var out = new BufferedReader(process.inputReader(StandardCharsets.UTF_8))) {
      boolean ready = out.readLine() != null;
      process.getOutputStream().close(); // at which it ends, and writes the archive
      process.waitFor();
      if (!ready || !Files.exists(archive)) {
        throw new IOException("no archive was written:\n" + Files.readString(log));
      }
    }
  }

  private static IsolationSettings unlimited() {
    Duration day = Duration.ofDays(1);
    return new IsolationSettings(true, HEAP_MIB, day, day, Long.MAX_VALUE, 1, 1);
  }
}
