package dev.odyssey.deploy;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Prometheus' own checks, from Debian's package prometheus; without it their tests are skipped. */
final class Promtool {
  private static final Path PROGRAM = Path.of("/usr/bin/promtool");

  private Promtool() {}

  /**
   * What is wrong; empty for nothing.
   *
   * @param input for standard input
   */
  static String complaints(String input, String... arguments)
      throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(PROGRAM), "apt-get install prometheus");
    var command = new ArrayList<>(List.of(PROGRAM.toString()));
    command.addAll(List.of(arguments));
    Path given = Files.writeString(Files.createTempFile("promtool", ".txt"), input);
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectInput(given.toFile())
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), UTF_8);
      return process.waitFor() == 0 ? "" : output;
    } finally {
      Files.delete(given);
    }
  }
}
