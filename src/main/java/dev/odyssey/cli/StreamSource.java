package dev.odyssey.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.cancellation.Cancellations;
import dev.odyssey.console.Formats;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.failure.Shown;
import dev.odyssey.queue.Attempt;
import dev.odyssey.settings.Settings;
import dev.odyssey.source.Downloads;
import dev.odyssey.source.LastSources;
import dev.odyssey.source.Listing;
import dev.odyssey.source.Prefixes;
import dev.odyssey.source.SourceSettings;
import dev.odyssey.source.Sources;
import dev.odyssey.source.StorageClient;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.UUID;

/** A stream's definition and its source, fetched without a lease: nothing is claimed or changed. */
record StreamSource(String name, JsonNode definition, Path file) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param directory where the source goes: a file, or a folder of those of a prefix
   * @throws dev.odyssey.failure.PermanentFailure for an unknown stream and what storage refuses
   */
  static StreamSource fetch(Configuration configuration, UUID stream, Path directory)
      throws SQLException, IOException, InterruptedException {
    Access access = Access.of(configuration);
    Attempt attempt = attempt(stream, definition(configuration, stream));
    Path file =
        access.isPrefix(attempt)
            ? access.storage().fetch(access.prefixes(), access.prefixes().begin(attempt, directory))
            : access.storage().fetch(access.sources().locate(attempt, directory)).path();
    return new StreamSource(attempt.streamName(), attempt.definition(), file);
  }

  /**
   * Looks whether the source is there, without reading it.
   *
   * @return what it found, for a person
   */
  static String look(Access access, Configuration configuration, UUID stream, Path directory)
      throws SQLException, IOException, InterruptedException {
    Attempt attempt = attempt(stream, definition(configuration, stream));
    if (access.isPrefix(attempt)) {
      Listing listing = access.prefixes().begin(attempt, directory);
      while (listing.more()) {
        listing = access.storage().list(access.prefixes(), listing);
      }
      long bytes = listing.objects().stream().mapToLong(Listing.StoredObject::bytes).sum();
      return "%d objects, %s".formatted(listing.objects().size(), Formats.bytes(bytes));
    }
    long bytes = access.storage().size(access.sources().locate(attempt, directory));
    if (bytes == 0) {
      throw new PermanentFailure(
          "Stream '%s': its source is empty".formatted(Shown.text(attempt.streamName())),
          "Upload a file with content.");
    }
    return bytes < 0 ? "there" : Formats.bytes(bytes);
  }

  /** What it takes to ask for sources. */
  record Access(
      SourceSettings settings, Sources sources, Prefixes prefixes, StorageClient storage) {

    static Access of(Configuration configuration) {
      Settings settings = new Settings(configuration.values()::get);
      SourceSettings source = SourceSettings.from(settings);
      Duration patience = settings.millis("READ_TIMEOUT_MS", 1, 3_600_000);
      settings.verify();
      Sources sources = new Sources(source, new LastSources(JSON, "", pointer -> false));
      Downloads downloads =
          new Downloads(source, JSON, new Cancellations(), (token, progress) -> {});
      return new Access(
          source,
          sources,
          new Prefixes(sources, downloads, source, JSON),
          new StorageClient(source, downloads, patience));
    }

    /**
     * @throws PermanentFailure for a stream without a source, or of a type that is not known
     */
    boolean isPrefix(Attempt attempt) {
      if (!settings.fileSourceTypes().contains(sources.type(attempt))) {
        sources.refuse(attempt);
      }
      return prefixes.isPrefix(attempt);
    }
  }

  /** As a job would be told it; its "stream" is null where there is none. */
  static JsonNode definition(Configuration configuration, UUID stream) throws SQLException {
    return (JsonNode)
        Rows.query(configuration, "odyssey.stream_definition(?)", stream)
            .get(0)
            .get("stream_definition");
  }

  /** As a job would have it, but for the lease. */
  private static Attempt attempt(UUID stream, JsonNode definition) {
    String name = definition.path("stream").path("name").asText(stream.toString());
    return new Attempt(
        true,
        null,
        UUID.randomUUID(),
        1,
        1,
        0,
        null,
        stream,
        null,
        name,
        "preview",
        definition,
        null,
        null);
  }
}
