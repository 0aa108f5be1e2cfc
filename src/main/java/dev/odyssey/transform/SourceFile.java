package dev.odyssey.transform;

import java.nio.file.Path;

/**
 * A source file that the engine can read as it is: not compressed, and where it is text, UTF-8.
 *
 * @param path inside the job's directory
 */
record SourceFile(Path path, Format format) {
  enum Format {
    CSV("CSV"),
    JSON_ARRAY("a JSON array"),
    NDJSON("NDJSON"),
    JSON_VALUES("JSON"),
    PARQUET("Parquet");

    private final String shown;

    Format(String shown) {
      this.shown = shown;
    }

    /** For messages. */
    String shown() {
      return shown;
    }
  }
}
