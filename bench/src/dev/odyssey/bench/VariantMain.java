package dev.odyssey.bench;

import dev.odyssey.transform.TransformResult;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Driver;
import java.sql.SQLException;
import java.util.ServiceLoader;

/**
 * One variant in a process of its own; prints a {@link Measurement}.
 *
 * <p>The clock starts when the JVM runs and the engine's library is loaded, alike for every
 * variant.
 */
final class VariantMain {
  private final Inputs inputs;
  private final Limits limits;
  private final Path directory;

  private VariantMain(Inputs inputs, Limits limits, Path directory) {
    this.inputs = inputs;
    this.limits = limits;
    this.directory = directory;
  }

  /** Arguments: variant, data folder, rows, threads, memory limit, working directory. */
  public static void main(String[] args) throws IOException, SQLException {
    Variant variant = Variant.valueOf(args[0]);
    Inputs inputs = Inputs.make(Path.of(args[1]), Long.parseLong(args[2]));
    Limits limits = new Limits(Integer.parseInt(args[3]), args[4]);
    loadEngine();
    double seconds = new VariantMain(inputs, limits, Path.of(args[5])).run(variant);
    System.out.println(
        new Measurement(seconds, Measurement.peakOf(ProcessHandle.current().pid())).line());
  }

  private double run(Variant variant) throws IOException, SQLException {
    return switch (variant) {
      case COPY, NAIVE -> plain(variant);
      case FIRST -> product(variant, null);
      case RESYNC, SAME -> product(variant, inputs.snapshot());
    };
  }

  private double plain(Variant variant) throws SQLException {
    long begin = System.nanoTime();
    try (PlainEngine engine = new PlainEngine(limits, directory)) {
      Path source = inputs.source(variant);
      if (variant == Variant.COPY) {
        engine.copy(source, directory.resolve("copy.parquet"));
      } else {
        engine.naive(source, inputs.naiveSnapshot(), directory);
      }
    }
    return secondsSince(begin);
  }

  private double product(Variant variant, Path snapshot) throws IOException {
    Product product = new Product(limits);
    var request = product.request(inputs.source(variant), snapshot, directory);
    long begin = System.nanoTime();
    TransformResult result = product.run(request);
    double seconds = secondsSince(begin);
    Expected.of(variant, inputs.orders()).verify(result);
    return seconds;
  }

  private static double secondsSince(long begin) {
    return (System.nanoTime() - begin) / 1e9;
  }

  private static void loadEngine() throws SQLException {
    for (Driver driver : ServiceLoader.load(Driver.class)) {
      if (driver.acceptsURL("jdbc:duckdb:")) {
        driver.connect("jdbc:duckdb:", new java.util.Properties()).close();
      }
    }
  }
}
