package dev.odyssey.bench.fuzz;

import java.util.Locale;

/** What is fuzzed: a class that takes bytes, what to begin with, and its part of the cases. */
enum Target {
  DEFINITION("dev.odyssey.transform.definition.DefinitionFuzz", 20),
  MAPPING("dev.odyssey.transform.MappingFuzz", 1),
  MESSAGE("dev.odyssey.queue.MessageFuzz", 1),
  CSV("dev.odyssey.transform.FileFuzz", 1),
  JSON("dev.odyssey.transform.FileFuzz", 1),
  NDJSON("dev.odyssey.transform.FileFuzz", 1),
  PARQUET("dev.odyssey.transform.FileFuzz", 1),
  XLSX("dev.odyssey.transform.FileFuzz", 1),
  AVRO("dev.odyssey.transform.FileFuzz", 1),
  ZIP("dev.odyssey.transform.FileFuzz", 1),
  GZIP("dev.odyssey.transform.FileFuzz", 1),
  BZIP2("dev.odyssey.transform.FileFuzz", 1),
  XZ("dev.odyssey.transform.FileFuzz", 1),
  ZSTD("dev.odyssey.transform.FileFuzz", 1);

  private static final String SANITIZERS = "com.code_intelligence.jazzer.sanitizers.";

  private final String entry;
  private final int weight;

  /**
   * @param entry has {@code fuzzerTestOneInput}, and a {@code main} that writes what to begin with
   * @param weight cheap ones are given more cases
   */
  Target(String entry, int weight) {
    this.entry = entry;
    this.weight = weight;
  }

  String entry() {
    return entry;
  }

  /**
   * Jazzer's detectors that would take our own doing for a finding: the transform is made of SQL,
   * which the engine's lockdown keeps in bounds, and messages need a connection to their database.
   */
  String idleHooks() {
    String sql = SANITIZERS + "SqlInjection";
    return this == MESSAGE ? sql + ":" + SANITIZERS + "ServerSideRequestForgery" : sql;
  }

  /** As it is written in a command, and as the file to begin with is named. */
  String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Target of(String title) {
    return valueOf(title.toUpperCase(Locale.ROOT));
  }

  /**
   * @param cases of all targets that run the transform or the database, which share them
   */
  long cases(long cases) {
    long sharing = values().length - 1L; // all but the definitions
    return Math.max(1, (cases + sharing - 1) / sharing) * weight;
  }
}
