package dev.odyssey.bench;

import dev.odyssey.bench.OrderFile.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;

/** Makes the files that the variants of one size read, in a process of its own. */
final class PrepareMain {
  private PrepareMain() {}

  /** Arguments: data folder, rows, threads, memory limit, working directory. */
  public static void main(String[] args) throws IOException, SQLException {
    Inputs inputs = Inputs.make(Path.of(args[0]), Long.parseLong(args[1]));
    Limits limits = new Limits(Integer.parseInt(args[2]), args[3]);
    Path directory = Path.of(args[4]);
    Path base = inputs.source(Version.BASE);

    Product product = new Product(limits);
    Path snapshot = product.run(product.request(base, null, directory)).snapshot();
    Files.move(snapshot, inputs.snapshot(), StandardCopyOption.REPLACE_EXISTING);

    try (PlainEngine engine = new PlainEngine(limits, directory)) {
      engine.naiveFirst(base, inputs.naiveSnapshot());
    }
  }
}
