package dev.odyssey.sandbox;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.UUID;

/**
 * The sandbox's streams. Their data is ours, generated with seed {@link Dice#SEED}; version 2 is
 * what the source looks like after a while. Definitions lie in {@code samples/*.json}.
 */
@SuppressWarnings("ImmutableEnumChecker") // nothing here is changed after it is made
public enum Sample {
  CUSTOMERS(
      new Customers(),
      new Counts(1_000, 1_000, 0, 0, 0, 0, 1_000),
      new Counts(1_015, 25, 20, 970, 10, 0, 1_015)),
  INVOICES(
      new Invoices(),
      new Counts(2_000, 2_000, 0, 0, 0, 0, 2_000),
      new Counts(2_030, 40, 25, 1_965, 10, 0, 2_030)),
  /** Synced incrementally: what version 2 lacks stays. */
  EVENTS(
      new Events(),
      new Counts(5_000, 5_000, 0, 0, 0, 0, 5_000),
      new Counts(1_298, 300, 4, 994, 0, 0, 5_300)),
  READINGS(
      new Readings(),
      new Counts(60_000, 60_000, 0, 0, 0, 1, 60_000),
      new Counts(60_490, 500, 21, 59_969, 10, 0, 60_490)),
  /** Without a key: a changed row is one deleted and one inserted. */
  PRODUCTS(
      new Products(),
      new Counts(300, 300, 0, 0, 0, 0, 300),
      new Counts(301, 11, 0, 290, 10, 0, 301));

  private final SampleFile file;
  private final Counts firstSync;
  private final Counts secondSync;
  private final JsonNode definition;

  Sample(SampleFile file, Counts firstSync, Counts secondSync) {
    this.file = file;
    this.firstSync = firstSync;
    this.secondSync = secondSync;
    this.definition = read("samples/" + name().toLowerCase(Locale.ROOT) + ".json");
  }

  public UUID streamId() {
    return UUID.fromString(definition.at("/stream/id").asText());
  }

  public UUID tenantId() {
    return UUID.fromString(definition.at("/stream/tenantId").asText());
  }

  public String streamName() {
    return definition.at("/stream/name").asText();
  }

  /** Bucket and path of the source object. */
  public String object() {
    return definition.path("object").asText();
  }

  /**
   * What a sync must count.
   *
   * @param version 1, synced into an empty stream, or 2, synced after version 1
   */
  public Counts counts(int version) {
    return version == 1 ? firstSync : secondSync;
  }

  /** Stream, source and mappings as {@code sandbox/install-stream.sql} takes them. */
  String definition() {
    return definition.toString();
  }

  /** Puts the source object in place in one step, so that a download never sees half of it. */
  void put(int version, Path storage) throws IOException {
    Path target = storage.resolve(object());
    Files.createDirectories(target.getParent());
    Path fresh = target.resolveSibling(target.getFileName() + ".new");
    file.write(version, fresh);
    Files.move(fresh, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static JsonNode read(String resource) {
    try {
      return new ObjectMapper().readTree(Resource.text(resource));
    } catch (IOException e) {
      throw new UncheckedIOException(resource + " is not JSON", e);
    }
  }
}
