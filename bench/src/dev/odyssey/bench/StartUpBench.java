package dev.odyssey.bench;

import dev.odyssey.bench.StartUp.Times;
import dev.odyssey.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How long the packaged service takes from exec to ready, and on what. */
@Command(
    name = "bench/start-up",
    description = "Starts bin/odyssey run again and again beside a sandbox until /ready says 200.",
    mixinStandardHelpOptions = true)
final class StartUpBench implements Callable<Integer> {
  private static final String SHOWN = "${DEFAULT-VALUE}";

  @Option(names = "--repeats", defaultValue = "7", description = "Default: " + SHOWN)
  private int repeats;

  @Option(
      names = "--command",
      defaultValue = "bin/odyssey run",
      description = "Starts the service, with settings in its environment. Default: " + SHOWN)
  private String command;

  @Option(names = "--set", description = "A setting of the service: NAME=VALUE.")
  private final Map<String, String> settings = new LinkedHashMap<>();

  @Option(names = "--jvm-option", description = "An option for the service's JVM.")
  private final List<String> jvmOptions = new ArrayList<>();

  @Option(
      names = "--steps",
      description = "One start more, which says when it came to each of our classes first.")
  private boolean steps;

  @Mixin private Verdict verdict;

  public static void main(String[] args) {
    System.exit(new CommandLine(new StartUpBench()).execute(args));
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path logs = Files.createDirectories(verdict.folder());
    try (Sandbox sandbox = Sandbox.throwAway()) {
      var start = new StartUp(command, sandbox, settings, logs.resolve("start-up.log"));
      List<Times> all = new ArrayList<>();
      for (int i = 0; i < repeats; i++) {
        Times times = start.once(jvmOptions);
        System.out.printf(
            Locale.ROOT,
            "alive %.2f s, ready %.2f s, CPU %.2f s%n",
            times.alive(),
            times.ready(),
            times.cpu());
        all.add(times);
      }
      if (steps) {
        ClassSteps.print(start, jvmOptions, logs.resolve("classes.log"), System.out);
      }
      List<Figure> figures =
          List.of(
              Figure.atMost("ready_seconds_p50", Medians.of(all, Times::ready), 3, 2),
              Figure.atMost("alive_seconds_p50", Medians.of(all, Times::alive), 3, 2),
              Figure.atMost("cpu_seconds_p50", Medians.of(all, Times::cpu), 6, 4));
      return verdict.on(figures, System.out);
    }
  }
}
