package dev.odyssey.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What one process took.
 *
 * @param cpuSeconds of all threads; other programs on the same cores do not disturb it
 * @param peakKib the most memory that the process had resident (VmHWM)
 */
record Measurement(double seconds, double cpuSeconds, long peakKib) {
  private static final String MARK = "measured ";

  String line() {
    return MARK + seconds + " " + cpuSeconds + " " + peakKib;
  }

  /** Reads it back from what a process printed. */
  static Measurement in(String output) {
    return output
        .lines()
        .filter(line -> line.startsWith(MARK))
        .map(line -> line.substring(MARK.length()).split(" "))
        .map(
            parts ->
                new Measurement(
                    Double.parseDouble(parts[0]),
                    Double.parseDouble(parts[1]),
                    Long.parseLong(parts[2])))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("the process failed:\n" + output));
  }

  static long peakOf(long pid) throws IOException {
    return Files.readAllLines(Path.of("/proc", String.valueOf(pid), "status")).stream()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .findFirst()
        .orElseThrow();
  }
}
