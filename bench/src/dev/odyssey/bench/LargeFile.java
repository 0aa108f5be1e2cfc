package dev.odyssey.bench;

import dev.odyssey.sandbox.Folders;
import dev.odyssey.transform.TransformRequest;
import dev.odyssey.transform.TransformResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Pushes a CSV file of several GB through the transform, as a first sync and as one with 1%
 * changed, in this process, whose heap {@code bench/run} keeps at 256 MiB; prints the peak of its
 * resident memory after each.
 */
public final class LargeFile {
  private static final int BYTES_A_ROW = 130;

  private LargeFile() {}

  /** Arguments: gigabytes of the file, memory limit of the engine, {@code no-key} for none. */
  public static void main(String[] args) throws IOException {
    double gigabytes = args.length > 0 ? Double.parseDouble(args[0]) : 3;
    boolean keyed = args.length < 3 || !args[2].equals("no-key");
    Product product = new Product(new Limits(2, args.length > 1 ? args[1] : "400MB"), keyed);
    OrderFile orders = new OrderFile((long) (gigabytes * 1e9 / BYTES_A_ROW));
    Path parent = Files.createDirectories(Path.of("target/bench/large"));
    Path folder = Files.createTempDirectory(parent, "work-").toAbsolutePath();
    try {
      Path source = folder.resolve("orders.csv");
      orders.write(source, OrderFile.Version.BASE);
      Path snapshot = run("first_sync", product, source, null, folder.resolve("first"));
      Files.delete(source); // so that the disk need not hold two
      orders.write(source, OrderFile.Version.CHANGED);
      run("resync", product, source, snapshot, folder.resolve("second"));
    } finally {
      Folders.delete(folder);
    }
  }

  private static Path run(String name, Product product, Path source, Path previous, Path directory)
      throws IOException {
    TransformRequest request = product.request(source, previous, Files.createDirectory(directory));
    long begin = System.nanoTime();
    TransformResult result = product.run(request);
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        "%s: %,d bytes, %,d rows, %,d inserted, %,d updated, %,d deleted in %.0f s, snapshot %,d"
            + " bytes%n",
        name,
        Files.size(source),
        result.processed(),
        result.inserted(),
        result.updated(),
        result.deleted(),
        seconds,
        result.snapshotBytes());
    long peak = Measurement.peakOf(ProcessHandle.current().pid());
    System.out.println("RESULT large_file_" + name + "_peak_rss_mib " + peak / 1024);
    Files.delete(request.sourceFile());
    return result.snapshot();
  }
}
