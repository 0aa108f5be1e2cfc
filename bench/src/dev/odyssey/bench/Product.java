package dev.odyssey.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.transform.Transform;
import dev.odyssey.transform.TransformRequest;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.TransformSettings;
import dev.odyssey.transform.WarmUp;
import dev.odyssey.work.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/** The product's own transform, called as the service calls it. */
final class Product {
  private static final String DEFINITION =
      """
      {"stream": {"name": "orders", "primaryKey": [%s], "syncMode": "full_refresh", "schema": %s},
       "source": {"type": "file", "config": {"filePath": "orders.csv"}}}
      """;

  private final Transform transform;
  private final JsonNode definition;

  Product(Limits limits) throws IOException {
    this(limits, true);
  }

  /**
   * @param keyed false: rows are told apart by all that they hold
   */
  Product(Limits limits, boolean keyed) throws IOException {
    this(
        limits,
        new ObjectMapper().readTree(DEFINITION.formatted(keyed ? "\"id\"" : "", OrderFile.SCHEMA)));
  }

  /**
   * @param definition of another stream
   */
  Product(Limits limits, JsonNode definition) {
    TransformSettings usual = TransformSettings.defaults();
    this.transform =
        new Transform(
            new TransformSettings(
                limits.memory(),
                limits.threads(),
                usual.tempLimit(),
                usual.maxSourceBytes(),
                usual.refHash(),
                usual.maxBadValueRatio(),
                usual.maxRejectRatio()));
    this.definition = definition;
  }

  /**
   * @param source linked into the directory, since a job's files are its own
   * @param snapshot the one before; null on a first sync
   */
  TransformRequest request(Path source, Path snapshot, Path directory) throws IOException {
    return new TransformRequest(
        new UUID(0, 1),
        new UUID(0, 2),
        definition,
        Files.createLink(directory.resolve("source"), source),
        snapshot == null ? null : Files.createLink(directory.resolve("previous.parquet"), snapshot),
        directory,
        Instant.parse("2026-03-01T00:00:00Z"));
  }

  /** As a transform process of the service does before it takes a job. */
  void warmUp(Path directory) throws IOException {
    WarmUp.run(Files.createDirectories(directory));
    Folders.delete(directory);
  }

  TransformResult run(TransformRequest request) {
    return transform.run(request);
  }
}
