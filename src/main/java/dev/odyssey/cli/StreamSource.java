package dev.odyssey.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.queue.Attempt;
import dev.odyssey.settings.Settings;
import dev.odyssey.source.Downloads;
import dev.odyssey.source.LastSources;
import dev.odyssey.source.Prefixes;
import dev.odyssey.source.SourceSettings;
import dev.odyssey.source.Sources;
import dev.odyssey.work.Cancellations;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.ResultSet;
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
    Settings settings = new Settings(configuration.values()::get);
    SourceSettings source = SourceSettings.from(settings);
    Duration patience = settings.millis("READ_TIMEOUT_MS", 1, 3_600_000);
    settings.verify();
    Attempt attempt = attempt(stream, definition(configuration, stream));
    Sources sources = new Sources(source, new LastSources(JSON, "", pointer -> false));
    String type = sources.type(attempt);
    if (!source.fileSourceTypes().contains(type)) {
      sources.refuse(attempt);
    }
    Downloads downloads = new Downloads(source, JSON, new Cancellations(), (token, progress) -> {});
    StorageClient storage = new StorageClient(source, downloads, patience);
    Prefixes prefixes = new Prefixes(sources, downloads, source, JSON);
    Path file =
        prefixes.isPrefix(attempt)
            ? storage.fetch(prefixes, prefixes.begin(attempt, directory))
            : storage.fetch(sources.locate(attempt, directory)).path();
    return new StreamSource(attempt.streamName(), attempt.definition(), file);
  }

  private static JsonNode definition(Configuration configuration, UUID stream)
      throws SQLException, IOException {
    try (var dataSource = configuration.openDatabase();
        var connection = dataSource.getConnection();
        var query =
            connection.prepareStatement(
                "select odyssey.stream_definition(p_stream_id => ?)::text")) {
      query.setObject(1, stream);
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return JSON.readTree(row.getString(1));
      }
    }
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
        null);
  }
}
