package dev.odyssey.bench.crash;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The product's routes with a {@link Gate} at every {@link Step}; nothing else differs. */
final class SteppedRoutes {
  private SteppedRoutes() {}

  /** Copies all route files into an empty folder. */
  static void copy(Path routes, Path folder) throws IOException {
    Files.createDirectories(folder);
    try (Stream<Path> files = Files.list(routes)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        List<String> lines = Files.readAllLines(file);
        for (Step step : Step.values()) {
          if (step.isPlace() && name.equals(step.route() + ".camel.yaml")) {
            lines = withGate(lines, step);
          }
        }
        Files.write(folder.resolve(name), lines);
      }
    }
  }

  static List<String> withGate(List<String> lines, Step step) {
    int at = lineOf(lines, step.id());
    String indent = lines.get(at).substring(0, lines.get(at).indexOf('-'));
    if (step.after()) {
      do {
        at++;
      } while (at < lines.size() && lines.get(at).startsWith(indent + " "));
    }
    List<String> all = new ArrayList<>(lines);
    all.add(
        at,
        "%s- bean: { beanType: \"%s\", method: \"pass('%s', %s)\" }"
            .formatted(
                indent,
                Gate.class.getName(),
                step.title(),
                step.isOfJob() ? "${variable.job.runId}" : "''"));
    return all;
  }

  /** The line on which the step with this id begins. */
  private static int lineOf(List<String> lines, String id) {
    for (int line = 0; line < lines.size(); line++) {
      if (lines.get(line).matches(".*\\bid: " + id + "\\b(?!-).*")) {
        while (!lines.get(line).strip().startsWith("- to:")) {
          line--;
        }
        return line;
      }
    }
    throw new IllegalStateException("No step " + id + " in the routes");
  }
}
