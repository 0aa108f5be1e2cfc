package dev.odyssey.bench;

import dev.odyssey.bench.OrderFile.Version;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The files that the variants read, one folder for each size: sources and the snapshots before
 * them. Made once and kept, but for the snapshots, which the code under test makes anew.
 */
record Inputs(Path folder, OrderFile orders) {

  static Inputs make(Path data, long rows) throws IOException {
    Path folder = Files.createDirectories(data.resolve("rows-" + rows));
    Inputs inputs = new Inputs(folder, new OrderFile(rows));
    for (Version version : Version.values()) {
      inputs.orders.write(inputs.source(version), version);
    }
    return inputs;
  }

  Path source(Version version) {
    return folder.resolve(version.name().toLowerCase(Locale.ROOT) + ".csv");
  }

  Path source(Variant variant) {
    return switch (variant) {
      case COPY -> source(Version.CLEAN);
      case FIRST -> source(Version.BASE);
      case RESYNC, NAIVE -> source(Version.CHANGED);
      case SAME -> source(Version.SAME);
    };
  }

  /** The product's snapshot of the base. */
  Path snapshot() {
    return folder.resolve("snapshot.parquet");
  }

  /** The naive sequence's snapshot of the base. */
  Path naiveSnapshot() {
    return folder.resolve("naive.parquet");
  }
}
