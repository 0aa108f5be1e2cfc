package dev.odyssey.source;

import com.fasterxml.jackson.databind.JsonNode;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.failure.Shown;
import dev.odyssey.queue.Attempt;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Finds out what a stream's source is and where its object lies. Thread-safe. */
public final class Sources {
  private final SourceSettings settings;
  private final LastSources lastSources;

  public Sources(SourceSettings settings, LastSources lastSources) {
    this.settings = settings;
    this.lastSources = lastSources;
  }

  /**
   * The source's type in lower case.
   *
   * @throws PermanentFailure where the stream or its source does not exist
   */
  public String type(Attempt attempt) {
    JsonNode definition = attempt.definition();
    if (isMissing(definition, "stream")) {
      throw new PermanentFailure(
          "Unknown stream %s: there is no such row in data_streams".formatted(attempt.streamId()),
          "Discard the job, or create the stream and redrive the run.");
    }
    if (isMissing(definition, "source")) {
      throw new PermanentFailure(
          "Stream '%s' has no source".formatted(Shown.text(attempt.streamName())),
          "Set data_streams.source_data_source_id to an existing data source, then redrive.");
    }
    return definition.path("source").path("type").asText("").strip().toLowerCase(Locale.ROOT);
  }

  /** Always throws: no route knows this type. */
  @SuppressWarnings("DoNotCallSuggester") // a route calls it
  public void refuse(Attempt attempt) {
    throw new PermanentFailure(
        "Stream '%s': unknown source type '%s'; known are %s"
            .formatted(
                Shown.text(attempt.streamName()),
                Shown.text(type(attempt)),
                String.join(", ", settings.fileSourceTypes())),
        "Correct data_sources.type, add it to FILE_SOURCE_TYPES if it is a file in storage, or add"
            + " a branch to routes/download-source.camel.yaml.");
  }

  /**
   * Where a source lies in storage.
   *
   * @param path as the config has it; of one object or, see {@link Prefixes}, of several
   */
  record Place(String bucket, String path) {}

  /**
   * What the source's config names: {@code parquetFilePath} (bucket {@code sources}), else {@code
   * storedFilePath}, else {@code filePath} (bucket {@code schema-files}).
   *
   * @throws PermanentFailure where the config names none
   */
  Place place(Attempt attempt) {
    JsonNode config = attempt.definition().path("source").path("config");
    String parquet = text(attempt, config, "parquetFilePath");
    String bucket = parquet.isBlank() ? "schema-files" : "sources";
    String stored = text(attempt, config, "storedFilePath");
    String path = parquet.isBlank() ? stored : parquet;
    if (path.isBlank()) {
      path = text(attempt, config, "filePath");
    }
    if (path.isBlank()) {
      throw new PermanentFailure(
          "Stream '%s': its source names no file".formatted(Shown.text(attempt.streamName())),
          "Set parquetFilePath, storedFilePath or filePath in data_sources.config, then redrive.");
    }
    return new Place(bucket, path.strip());
  }

  /** Another than a text would be passed over in silence, or be the name of another object. */
  private static String text(Attempt attempt, JsonNode config, String field) {
    JsonNode told = config.path(field);
    if (told.isMissingNode() || told.isNull()) {
      return "";
    }
    if (!told.isTextual()) {
      throw new PermanentFailure(
          "Stream '%s': %s in its source's config must be a text, not %s"
              .formatted(Shown.text(attempt.streamName()), field, Shown.text(told.toString())),
          "Correct data_sources.config: the path of one object, of a folder with / at its end, or"
              + " with * in its last part; then redrive.");
    }
    return told.asText();
  }

  /**
   * The source's name in storage: {@code bucket/path}, of one object or, see {@link Prefixes}, of
   * several. Empty where the stream has no such source.
   */
  public Optional<String> name(Attempt attempt) {
    try {
      if (settings.fileSourceTypes().contains(type(attempt))) {
        Place place = place(attempt);
        return Optional.of(place.bucket() + "/" + place.path().replaceAll("^/+", ""));
      }
    } catch (PermanentFailure e) {
      // whoever downloads it says so
    }
    return Optional.empty();
  }

  /** The one object that the source's config names. */
  public Download locate(Attempt attempt, Path workspace) {
    Place place = place(attempt);
    return new Download(
        url(attempt.streamName(), place),
        place.bucket() + "/" + place.path(),
        attempt.streamName(),
        attempt.token(),
        workspace.resolve("source"),
        lastSources.etag(attempt));
  }

  /** Where one object is downloaded from. */
  String url(String stream, Place place) {
    return "%s/storage/v1/object/authenticated/%s/%s"
        .formatted(settings.supabaseUrl(), place.bucket(), encode(stream, place.path()));
  }

  static String encode(String stream, String path) {
    String trimmed = path.strip().replaceAll("^/+", "");
    boolean climbs =
        Arrays.stream(trimmed.split("/", -1))
            .anyMatch(part -> part.isEmpty() || part.equals(".") || part.equals(".."));
    if (climbs) {
      throw new PermanentFailure(
          "Stream '%s': '%s' is not the path of an object"
              .formatted(Shown.text(stream), Shown.text(path)),
          "Correct the path in data_sources.config: no empty part, no '.' and no '..'.");
    }
    return Arrays.stream(trimmed.split("/", -1))
        .map(part -> URLEncoder.encode(part, StandardCharsets.UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("/"));
  }

  private static boolean isMissing(JsonNode definition, String field) {
    return definition == null || !definition.hasNonNull(field);
  }
}
