package dev.odyssey.bench.fuzz;

import dev.odyssey.bench.Jvm;
import dev.odyssey.sandbox.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Runs one target under Jazzer, which begins anew after each finding. All it writes is in a folder
 * of the target's: {@code corpus}, {@code findings} (the inputs) and the logs.
 */
final class Hunt {
  private static final int MOST_FINDINGS = 5;
  private static final int HANG_SECONDS = 120;

  private final Target target;
  private final Path folder;
  private final List<String> findings = new ArrayList<>();

  /**
   * @param parent of the folder, which is emptied
   */
  Hunt(Target target, Path parent) throws IOException {
    this.target = target;
    this.folder = parent.toAbsolutePath().resolve(target.title());
    Folders.delete(folder);
    for (String name : List.of("corpus", "findings", "empty")) {
      Files.createDirectories(folder.resolve(name));
    }
  }

  Outcome run(long cases, long seed) throws IOException, InterruptedException {
    Instant begun = Instant.now();
    java(List.of(), target.entry(), "seeds", corpus(), target.title());
    long done = 0;
    for (int round = 0; done < cases && findings.size() < MOST_FINDINGS; round++) {
      FuzzLog log = round(round, cases - done, seed + round);
      done += Math.max(1, log.cases());
    }
    requireNothingBeside();
    return new Outcome(target, done, findings, Duration.between(begun, Instant.now()));
  }

  private FuzzLog round(int round, long cases, long seed) throws IOException, InterruptedException {
    String name = "round-" + round;
    int exit =
        java(
            List.of(
                "-Xmx1g",
                "-XX:TieredStopAtLevel=1",
                "-XX:ErrorFile=" + folder.resolve("findings/" + name + ".jvm")),
            "com.code_intelligence.jazzer.Jazzer",
            name,
            "--target_class=" + target.entry(),
            "--instrumentation_includes=dev.odyssey.**",
            "--custom_hook_includes=dev.odyssey.**",
            "--disabled_hooks=" + target.idleHooks(),
            "--reproducer_path=" + folder.resolve("findings"),
            "-artifact_prefix=" + folder.resolve("findings") + "/",
            "-runs=" + cases,
            "-seed=" + seed,
            "-rss_limit_mb=0",
            "-timeout=" + HANG_SECONDS,
            "-max_len=65536",
            corpus());
    FuzzLog log = new FuzzLog(Files.readString(log(name)));
    if (exit != 0) {
      findings.add(log.finding() + " (" + log(name) + ")");
    }
    return log;
  }

  /** In an empty directory; ends when we do. */
  private int java(List<String> options, String main, String name, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = Jvm.command(options, main, arguments);
    Process process =
        new ProcessBuilder(command)
            .directory(folder.resolve("empty").toFile())
            .redirectErrorStream(true)
            .redirectOutput(log(name).toFile())
            .start();
    Thread end = new Thread(process::destroyForcibly);
    Runtime.getRuntime().addShutdownHook(end);
    int exit = process.waitFor();
    Runtime.getRuntime().removeShutdownHook(end);
    return exit;
  }

  private void requireNothingBeside() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("empty"))) {
      files.forEach(file -> findings.add("a file outside of the job's directory: " + file));
    }
  }

  private Path log(String name) {
    return folder.resolve(name + ".log");
  }

  private String corpus() {
    return folder.resolve("corpus").toString();
  }
}
