package dev.odyssey.isolation;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** What a person at the machine could do to our child processes. */
final class Processes {
  private Processes() {}

  /** The children of this JVM that carry out transforms. */
  static List<Long> children() {
    return childrenOf(ProcessHandle.current()).toList();
  }

  static Stream<Long> childrenOf(ProcessHandle parent) {
    return parent.children().map(ProcessHandle::pid).filter(Processes::transforms);
  }

  static void kill(String signal, long pid) throws Exception {
    run("kill", "-" + signal, String.valueOf(pid));
  }

  /**
   * As if the child had begun under {@code ulimit -d} of what it has written and that much; once it
   * gives nothing back any more of what it took before.
   */
  static void limitMemory(long pid, long furtherBytes) throws Exception {
    long[] before = {0};
    await()
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(500))
        .until(() -> before[0] == (before[0] = written(pid)));
    run("prlimit", "--pid", String.valueOf(pid), "--data=" + (before[0] + furtherBytes));
  }

  /** Bytes that count for {@code ulimit -d}. */
  static long written(long pid) throws IOException {
    return proc(pid, "status")
        .lines()
        .filter(line -> line.startsWith("VmData:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
        .findFirst()
        .orElseThrow();
  }

  private static void run(String... command) throws Exception {
    var process = new ProcessBuilder(command).inheritIO().start();
    if (!process.waitFor(10, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new AssertionError(String.join(" ", command) + " failed");
    }
  }

  /** A file under {@code /proc/PID}, NUL characters as line ends. */
  static String proc(long pid, String file) throws IOException {
    return Files.readString(Path.of("/proc", String.valueOf(pid), file)).replace('\0', '\n');
  }

  private static boolean transforms(long pid) {
    try {
      String command = proc(pid, "cmdline");
      return command.contains(ChildMain.class.getName())
          && !command.startsWith(ChildCommand.SHELL.toString()); // which becomes the JVM at once
    } catch (IOException e) {
      return false; // gone
    }
  }
}
