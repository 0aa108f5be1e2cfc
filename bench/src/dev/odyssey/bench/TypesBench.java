package dev.odyssey.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.odyssey.transform.TransformRequest;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.work.Folders;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * What each type of column costs a first sync, in CPU time against the engine's own COPY of the
 * file, types sniffed: files of a key and eleven columns of one kind.
 */
@Command(
    name = "bench/types",
    description = "Times a first sync of columns of each type against the engine's own COPY.",
    mixinStandardHelpOptions = true)
final class TypesBench implements Callable<Integer> {
  private static final int COLUMNS = 11;
  private static final long SEED = 20_261_129;
  private static final Limits LIMITS = new Limits(2, "512MB");

  /** Seconds of CPU time that the system counts as one; a few rows may take none. */
  private static final double TICK = 0.01;

  @Option(names = "--rows", defaultValue = "100000", description = "Default: ${DEFAULT-VALUE}")
  private int rows;

  @Option(names = "--repeats", defaultValue = "3", description = "Default: ${DEFAULT-VALUE}")
  private int repeats;

  @Option(names = "--kinds", split = ",", description = "Of ${COMPLETION-CANDIDATES}. Default: all")
  private List<ColumnKind> kinds = List.of(ColumnKind.values());

  private final PrintStream out;

  private TypesBench(PrintStream out) {
    this.out = out;
  }

  public static void main(String[] arguments) {
    System.exit(commandLine(System.out).execute(arguments));
  }

  static CommandLine commandLine(PrintStream out) {
    return new CommandLine(new TypesBench(out)).setCaseInsensitiveEnumValuesAllowed(true);
  }

  @Override
  public Integer call() throws IOException, SQLException {
    out.printf("%-18s %-14s %8s %8s %6s%n", "CPU s", "type", "copy", "first", "ratio");
    measure(ColumnKind.TEXT); // warms up
    for (ColumnKind kind : kinds) {
      print(kind, measure(kind));
    }
    return 0;
  }

  private record Times(double copy, double first) {}

  private void print(ColumnKind kind, List<Times> times) {
    double ratio = Medians.of(times, time -> time.first() / Math.max(TICK, time.copy()));
    String name = kind.name().toLowerCase(Locale.ROOT);
    out.printf(
        Locale.ROOT,
        "%-18s %-14s %8.2f %8.2f %6.2f%nRESULT first_vs_copy_cpu_%1$s %5$.2f%n",
        name,
        kind.type(),
        Medians.of(times, Times::copy),
        Medians.of(times, Times::first),
        ratio);
  }

  private List<Times> measure(ColumnKind kind) throws IOException, SQLException {
    Path home = Files.createTempDirectory("bench-types-");
    try {
      Path file = write(kind, home.resolve("values.csv"));
      List<Times> times = new ArrayList<>();
      for (int round = 0; round < repeats; round++) {
        times.add(
            new Times(
                copy(file, Files.createTempDirectory(home, "copy-")),
                first(kind, file, Files.createTempDirectory(home, "first-"))));
      }
      return times;
    } finally {
      Folders.delete(home);
    }
  }

  private Path write(ColumnKind kind, Path file) throws IOException {
    var random = new SplittableRandom(SEED);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("id");
      for (int column = 0; column < COLUMNS; column++) {
        out.write(",c" + column);
      }
      for (int row = 0; row < rows; row++) {
        out.write("\n" + row);
        for (int column = 0; column < COLUMNS; column++) {
          out.write("," + kind.value(random));
        }
      }
      out.write("\n");
    }
    return file;
  }

  private static double copy(Path file, Path directory) throws IOException, SQLException {
    var clock = new Clock();
    try (var engine = new PlainEngine(LIMITS, directory)) {
      engine.copy(file, directory.resolve("copy.parquet"));
    }
    return clock.measurement().cpuSeconds();
  }

  private double first(ColumnKind kind, Path file, Path directory) throws IOException {
    var product = new Product(LIMITS, definition(kind));
    TransformRequest request = product.request(file, null, directory);
    var clock = new Clock();
    TransformResult result = product.run(request);
    double seconds = clock.measurement().cpuSeconds();
    if (result.inserted() != rows || result.details().has("badValues")) {
      throw new IllegalStateException(kind + ": " + result);
    }
    return seconds;
  }

  private static JsonNode definition(ColumnKind kind) {
    var definition = JsonNodeFactory.instance.objectNode();
    var stream = definition.putObject("stream").put("name", "bench");
    stream.putArray("primaryKey").add("id");
    var schema = stream.putArray("schema");
    schema.addObject().put("name", "id").put("type", "integer");
    for (int column = 0; column < COLUMNS; column++) {
      schema.addObject().put("name", "c" + column).put("type", kind.type());
    }
    return definition;
  }
}
