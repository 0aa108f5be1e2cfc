package dev.odyssey.bench;

import dev.odyssey.sandbox.Folders;
import dev.odyssey.transform.TransformRequest;
import dev.odyssey.transform.TransformResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Pushes a CSV file of several GB through the transform, in this process, whose heap {@code
 * bench/run} keeps at 256 MiB; prints the peak of its resident memory.
 */
public final class LargeFile {
  private static final int BYTES_A_ROW = 130;

  private LargeFile() {}

  /** Arguments: gigabytes of the file, memory limit of the engine. */
  public static void main(String[] args) throws IOException {
    double gigabytes = args.length > 0 ? Double.parseDouble(args[0]) : 3;
    String memory = args.length > 1 ? args[1] : "400MB";
    Path folder = Files.createDirectories(Path.of("target/bench/large"));
    Path directory = Files.createTempDirectory(folder, "work-").toAbsolutePath();
    try {
      OrderFile orders = new OrderFile((long) (gigabytes * 1e9 / BYTES_A_ROW));
      Path source = folder.resolve("orders-" + orders.rows() + ".csv");
      orders.write(source, OrderFile.Version.BASE);
      run(new Product(new Limits(2, memory)), source, directory);
    } finally {
      Folders.delete(directory);
    }
  }

  private static void run(Product product, Path source, Path directory) throws IOException {
    TransformRequest request = product.request(source, null, directory);
    long begin = System.nanoTime();
    TransformResult result = product.run(request);
    double seconds = (System.nanoTime() - begin) / 1e9;
    System.out.printf(
        "%,d bytes, %,d rows in %.0f s, snapshot %,d bytes%n",
        Files.size(source), result.processed(), seconds, result.snapshotBytes());
    long peak = Measurement.peakOf(ProcessHandle.current().pid());
    System.out.println("RESULT large_file_peak_rss_mib " + peak / 1024);
  }
}
