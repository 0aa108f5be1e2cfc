package dev.odyssey.transform;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.work.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * For {@code bench/fuzz}: any file is read, or refused for good with a reason and advice, and
 * nothing is written outside the job's directory.
 */
public final class FileFuzz {
  private FileFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    transform(job -> job.file(bytes));
  }

  /** Runs a transform that must succeed or be refused, and may leave nothing beside its folder. */
  static void transform(UnaryOperator<Job> told) throws IOException {
    Path parent = Files.createTempDirectory("fuzz-");
    Path job = Files.createDirectory(parent.resolve("job"));
    try {
      told.apply(Job.in(job)).run();
    } catch (PermanentFailure refused) {
      if (!refused.getMessage().startsWith("Stream \"orders\"") || refused.advice().isBlank()) {
        throw new AssertionError("refused without a reason", refused);
      }
    } finally {
      requireNothingBeside(parent);
      Folders.delete(parent);
    }
  }

  private static void requireNothingBeside(Path parent) throws IOException {
    try (Stream<Path> all = Files.list(parent)) {
      List<String> names = all.map(path -> path.getFileName().toString()).toList();
      if (!names.equals(List.of("job"))) {
        throw new AssertionError("escaped: " + names);
      }
    }
  }

  /** Writes what to begin with into a folder: of all samples, the one of a format. */
  public static void main(String[] folderAndFormat) throws Exception {
    Path seeds = Files.createDirectories(Path.of(folderAndFormat[0]));
    for (var sample : HostileFilesTest.files().toList()) {
      if (sample.get()[0].equals(folderAndFormat[1])) {
        Files.write(seeds.resolve("sound"), (byte[]) sample.get()[1]);
      }
    }
  }
}
