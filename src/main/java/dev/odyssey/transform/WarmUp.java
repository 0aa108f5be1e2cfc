package dev.odyssey.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.util.UUID;
import java.util.function.BooleanSupplier;

/** Two small transforms, so that a process's first job finds all loaded that it needs. */
public final class WarmUp {
  private static final String DEFINITION =
      """
      {"stream": {"name": "warm-up", "primaryKey": ["id"], "syncMode": "full_refresh", "schema": [
        {"name": "id", "type": "integer"}, {"name": "name", "type": "text"},
        {"name": "since", "type": "date"}, {"name": "amount", "type": "number"}]}}
      """;

  private WarmUp() {}

  /** The directory is the process's own; what it writes there is gone afterwards. */
  public static void run(Path directory) throws IOException {
    runWhile(directory, () -> true);
  }

  /**
   * Does the next of them only while it is wanted: a real transform that waits already warms up as
   * well, and its result is of use.
   */
  public static void runWhile(Path directory, BooleanSupplier wanted) throws IOException {
    if (!wanted.getAsBoolean()) {
      return;
    }
    JsonNode definition = new ObjectMapper().readTree(DEFINITION);
    Path previous = directory.resolve("previous.parquet");
    TransformRequest first =
        request(definition, directory, null, "id,name,since,amount\n1,\"a, b\",2026-01-31,1.5\n");
    Transform transform = new Transform(TransformSettings.defaults());
    Files.move(transform.run(first).snapshot(), previous, StandardCopyOption.REPLACE_EXISTING);
    if (wanted.getAsBoolean()) {
      transform.run(
          request(definition, directory, previous, "id,name,since,amount\n2,O'Neil,never,2\n"));
    }
  }

  private static TransformRequest request(
      JsonNode definition, Path directory, Path previous, String csv) throws IOException {
    return new TransformRequest(
        new UUID(0, 0),
        new UUID(0, 0),
        definition,
        Files.writeString(directory.resolve("source"), csv),
        previous,
        directory,
        Instant.EPOCH);
  }
}
