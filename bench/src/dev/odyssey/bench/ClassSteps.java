package dev.odyssey.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where a start's time goes, told by the JVM's log of the classes that it loads. */
final class ClassSteps {
  private static final Pattern LINE =
      Pattern.compile("\\[([0-9.]+)s\\] (\\S+) source: (.*?)([^/]*)");

  private ClassSteps() {}

  /**
   * Starts once more; prints when each of our classes was first needed, with the number of classes
   * that the JVM had loaded by then, and how many came out of which file.
   */
  static void print(StartUp start, List<String> jvmOptions, Path log, PrintStream out)
      throws IOException, InterruptedException {
    List<String> options = new ArrayList<>(jvmOptions);
    options.add("-Xlog:class+load:file=" + log + ":uptime:filesize=0");
    start.once(options);
    Map<String, Integer> sources = new TreeMap<>();
    int loaded = 0;
    try (Stream<String> lines = Files.lines(log)) {
      for (String line : (Iterable<String>) lines::iterator) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches()) {
          loaded++;
          sources.merge(matcher.group(4), 1, Integer::sum);
          if (matcher.group(2).matches("dev\\.odyssey\\.[a-z.]*[A-Z][A-Za-z]*")) {
            String name = matcher.group(2).substring("dev.odyssey.".length());
            out.printf(Locale.ROOT, "%8s s %6d %s%n", matcher.group(1), loaded, name);
          }
        }
      }
    }
    out.printf(Locale.ROOT, "%n%d classes, the most from:%n", loaded);
    sources.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(20)
        .forEach(source -> out.printf("%6d %s%n", source.getValue(), source.getKey()));
  }
}
