package dev.odyssey.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
    var kill = new ProcessBuilder("kill", "-" + signal, String.valueOf(pid)).start();
    if (!kill.waitFor(10, TimeUnit.SECONDS) || kill.exitValue() != 0) {
      throw new AssertionError("kill -" + signal + " " + pid + " failed");
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
