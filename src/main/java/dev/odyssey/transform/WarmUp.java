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

/**
 * Transforms of a few rows, so that a process's first job finds all loaded that it needs, and of
 * some more, so that the loops over a file's bytes are compiled.
 */
public final class WarmUp {
  private static final String DEFINITION =
      """
      {"stream": {"name": "warm-up", "primaryKey": ["id"], "syncMode": "full_refresh", "schema": [
        {"name": "id", "type": "integer"}, {"name": "name", "type": "text"},
        {"name": "since", "type": "date"}, {"name": "amount", "type": "number"},
        {"name": "city", "type": "text"}, {"name": "mail", "type": "text"},
        {"name": "at", "type": "timestamp"}, {"name": "paid", "type": "boolean"},
        {"name": "note", "type": "text"}]}}
      """;

  private static final String HEADER = "id,name,since,amount,city,mail,at,paid,note\n";
  private static final int ROWS = 10_000;

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
        request(definition, directory, null, HEADER + "1,\"a, b\",2026-01-31,1.5,,,,,\n");
    Transform transform = new Transform(TransformSettings.defaults());
    Files.move(transform.run(first).snapshot(), previous, StandardCopyOption.REPLACE_EXISTING);
    if (!wanted.getAsBoolean()) {
      return;
    }
    transform.run(request(definition, directory, previous, HEADER + "2,O'Neil,never,2,,,,,\n"));
    if (wanted.getAsBoolean()) {
      transform.run(request(definition, directory, null, rows()));
      System.gc(); // else the first job waits while what stays is copied
    }
  }

  /**
   * As most files have: of several types, in quotes and without, some on two lines, in several
   * scripts. The last row has a value whose line has to be found.
   */
  private static String rows() {
    StringBuilder csv = new StringBuilder(HEADER);
    for (int i = 1; i < ROWS; i++) {
      csv.append(i).append(i % 5 == 0 ? ",\"Müller, Anna \"\"A.\"\"\"," : ",Zoë O'Neil,");
      csv.append("2026-01-31,17.25,").append(i % 3 == 0 ? "東京" : "Paris");
      csv.append(",a").append(i).append("@shop.example,2026-01-31 10:11:12,");
      csv.append(i % 7 == 0 ? "" : "true")
          .append(i % 4 == 0 ? ",\"at the\ndoor\"\n" : ",paid; cash\n");
    }
    return csv.append(ROWS).append(",Zoë,never,18.5,Paris,,,,\n").toString();
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
