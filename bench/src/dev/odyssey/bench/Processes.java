package dev.odyssey.bench;

import dev.odyssey.isolation.CompilerOptions;
import dev.odyssey.sandbox.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Runs variants, each in an empty directory and a fresh process like the service's own. */
final class Processes {
  private final Path folder;
  private final Limits limits;

  /**
   * @param folder for the data and the working directories; on the disk to be measured
   */
  Processes(Path folder, Limits limits) {
    this.folder = folder;
    this.limits = limits;
  }

  Measurement run(Variant variant, long rows) throws IOException, InterruptedException {
    return Measurement.in(
        java(
            VariantMain.class,
            variant.name(),
            data().toString(),
            String.valueOf(rows),
            String.valueOf(limits.threads()),
            limits.memory()));
  }

  /** Makes the files that the variants of this size read. */
  void prepare(long rows) throws IOException, InterruptedException {
    java(
        PrepareMain.class,
        data().toString(),
        String.valueOf(rows),
        String.valueOf(limits.threads()),
        limits.memory());
  }

  private Path data() {
    return folder.resolve("data");
  }

  /** Adds an empty directory to the arguments; returns what the process printed. */
  private String java(Class<?> main, String... arguments) throws IOException, InterruptedException {
    Path directory = Files.createTempDirectory(Files.createDirectories(folder), "work-");
    try {
      List<String> all = new ArrayList<>(List.of(arguments));
      all.add(directory.toString());
      List<String> options = new ArrayList<>(List.of("-Xmx256m", "-XX:+UseSerialGC"));
      options.addAll(CompilerOptions.ALL);
      List<String> command = Jvm.command(options, main.getName(), all.toArray(String[]::new));
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", arguments) + " failed:\n" + output);
      }
      return output;
    } finally {
      Folders.delete(directory);
    }
  }
}
