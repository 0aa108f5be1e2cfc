package dev.odyssey.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** A temporary directory that is removed with all in it, also when Ctrl-C ends the command. */
record Scratchpad(Path directory, Thread removal) implements AutoCloseable {

  static Scratchpad open(String prefix) throws IOException {
    Path directory = Files.createTempDirectory(prefix + ProcessHandle.current().pid() + "-");
    Thread removal = new Thread(() -> remove(directory), "remove-" + prefix);
    Runtime.getRuntime().addShutdownHook(removal);
    return new Scratchpad(directory, removal);
  }

  /** A new, empty folder in it. */
  Path folder(String name) throws IOException {
    return Files.createDirectory(directory.resolve(name));
  }

  @Override
  public void close() {
    remove(directory);
    Runtime.getRuntime().removeShutdownHook(removal);
  }

  private static void remove(Path directory) {
    if (!Files.exists(directory)) {
      return;
    }
    try (Stream<Path> tree = Files.walk(directory)) {
      tree.sorted(Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
