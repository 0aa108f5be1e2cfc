package dev.odyssey.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.odyssey.isolation.IsolatedTransform;
import dev.odyssey.isolation.IsolationSettings;
import dev.odyssey.transform.Transform;
import dev.odyssey.transform.TransformRequest;
import dev.odyssey.transform.TransformSettings;
import dev.odyssey.transform.Transformer;
import dev.odyssey.transform.engine.KeptEngine;
import dev.odyssey.transform.engine.ProgressMeter;
import dev.odyssey.work.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** What it costs a small job that a child process carries it out. */
@Command(
    name = "bench/isolation",
    description = "Times small transforms in this process and, in turn, in a child process.",
    mixinStandardHelpOptions = true)
final class IsolationBench implements Callable<Integer> {
  private static final int WARM_UP = 30;

  @Option(names = "--jobs", defaultValue = "200", description = "Default: ${DEFAULT-VALUE}")
  private int jobs;

  @Option(names = "--rows", defaultValue = "100", description = "Default: ${DEFAULT-VALUE}")
  private int rows;

  public static void main(String[] arguments) {
    System.exit(new CommandLine(new IsolationBench()).execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path home = Files.createTempDirectory("bench-isolation-");
    Path directory = Files.createDirectories(home.resolve("room").resolve("job"));
    TransformRequest request = request(directory.toRealPath());
    try (var engine = new KeptEngine();
        var reused = children(home.resolve("reused"), 1_000_000);
        var fresh = children(home.resolve("fresh"), 1)) {
      var here = new Transform(TransformSettings.defaults(), engine);
      times(here, request, WARM_UP);
      times(reused, request, WARM_UP);
      List<Double> inProcess = new ArrayList<>();
      List<Double> inChild = new ArrayList<>();
      for (int job = 0; job < jobs; job++) {
        inProcess.addAll(times(here, request, 1));
        inChild.addAll(times(reused, request, 1));
      }
      print(inProcess, inChild, times(fresh, request, Math.min(jobs, 10)));
    } finally {
      Folders.delete(home);
    }
    return 0;
  }

  private static void print(List<Double> here, List<Double> child, List<Double> fresh) {
    System.out.printf("%-34s %8s %8s%n", "small job, ms", "p50", "p99");
    System.out.printf("%-34s %8.1f %8.1f%n", "in this process", at(here, 0.5), at(here, 0.99));
    System.out.printf("%-34s %8.1f %8.1f%n", "in a warm child", at(child, 0.5), at(child, 0.99));
    System.out.printf(
        "%-34s %8.1f %8.1f%n", "in a new child, started for it", at(fresh, 0.5), at(fresh, 0.99));
    System.out.printf("RESULT child_overhead_ms_p50 %.1f%n", at(child, 0.5) - at(here, 0.5));
    System.out.printf("RESULT child_ratio_p50 %.2f%n", at(child, 0.5) / at(here, 0.5));
    System.out.printf("RESULT new_child_ms_p50 %.0f%n", at(fresh, 0.5));
  }

  private static List<Double> times(Transformer transformer, TransformRequest request, int runs) {
    List<Double> millis = new ArrayList<>();
    for (int run = 0; run < runs; run++) {
      long begin = System.nanoTime();
      transformer.run(request, new ProgressMeter());
      millis.add((System.nanoTime() - begin) / 1e6);
    }
    return millis;
  }

  private static double at(List<Double> values, double share) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return Medians.percentile(sorted, share);
  }

  private static IsolatedTransform children(Path home, int jobsPerProcess) {
    return new IsolatedTransform(
        home,
        new IsolationSettings(
            true, 256, Duration.ofMinutes(5), Duration.ofMinutes(1), 1L << 40, jobsPerProcess, 1),
        TransformSettings.defaults());
  }

  private TransformRequest request(Path directory) throws IOException {
    String csv =
        IntStream.range(0, rows)
            .mapToObj(row -> "%d,name %d,%d.5\n".formatted(row, row, row))
            .collect(Collectors.joining("", "id,name,amount\n", ""));
    Path file = Files.writeString(directory.resolve("source"), csv);
    var definition = JsonNodeFactory.instance.objectNode();
    definition.putObject("stream").put("name", "bench");
    return new TransformRequest(
        new UUID(0, 1), new UUID(0, 2), definition, file, null, directory, Instant.EPOCH);
  }
}
