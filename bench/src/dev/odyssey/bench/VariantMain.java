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
 * <p>The clock starts when the engine's library is loaded, for every variant, and the process is as
 * warm as the service's transform processes are when they get a job.
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
    System.out.println(new VariantMain(inputs, limits, Path.of(args[5])).run(variant).line());
  }

  private Measurement run(Variant variant) throws IOException, SQLException {
    return switch (variant) {
      case COPY, NAIVE -> plain(variant);
      case FIRST -> product(variant, null);
      case RESYNC, SAME -> product(variant, inputs.snapshot());
    };
  }

  private Measurement plain(Variant variant) throws IOException, SQLException {
    Clock clock = new Clock();
    try (PlainEngine engine = new PlainEngine(limits, directory)) {
      Path source = inputs.source(variant);
      if (variant == Variant.COPY) {
        engine.copy(source, directory.resolve("copy.parquet"));
      } else {
        engine.naive(source, inputs.naiveSnapshot(), directory);
      }
    }
    return clock.measurement();
  }

  private Measurement product(Variant variant, Path snapshot) throws IOException {
    Product product = new Product(limits);
    product.warmUp(directory.resolve("warm-up"));
    var request = product.request(inputs.source(variant), snapshot, directory);
    Clock clock = new Clock();
    TransformResult result = product.run(request);
    Measurement measurement = clock.measurement();
    Expected.of(variant, inputs.orders()).verify(result);
    return measurement;
  }

  private static void loadEngine() throws SQLException {
    for (Driver driver : ServiceLoader.load(Driver.class)) {
      if (driver.acceptsURL("jdbc:duckdb:")) {
        driver.connect("jdbc:duckdb:", new java.util.Properties()).close();
      }
    }
  }
}
