package dev.odyssey.bench;

/** What one process does and is timed at. */
enum Variant {
  /** The yardstick: the engine's own COPY of the file, types sniffed, snappy. */
  COPY,
  /** The product's transform without a snapshot before it. */
  FIRST,
  /** The product's transform on a file with 1% of the rows changed. */
  RESYNC,
  /** The product's transform on a file with other bytes and the same rows. */
  SAME,
  /** The statements of the workers that the product takes the place of, on the changed file. */
  NAIVE;

  String title() {
    return name().toLowerCase(java.util.Locale.ROOT);
  }
}
