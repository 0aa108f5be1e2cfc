package dev.odyssey.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.failure.Shown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** Parts of a stream's definition to try, from files; the others stay as they are. */
final class Edits {
  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  @Option(
      names = "--mapping",
      paramLabel = "M.json",
      description =
          "Mappings to try: a list as in data_mappings.field_mappings, or an object with"
              + " fieldMappings, schema, primaryKey, config.")
  private Path mapping;

  @Option(
      names = "--schema",
      paramLabel = "S.json",
      description = "Types to try: a list as in data_streams.schema.")
  private Path schema;

  @Option(
      names = "--source-config",
      paramLabel = "C.json",
      description = "How to read the file: an object as in data_sources.config.")
  private Path sourceConfig;

  /** Whether nothing is to be tried but what is stored. */
  boolean none() {
    return mapping == null && schema == null && sourceConfig == null;
  }

  /**
   * @param definition {@code {stream, source, fieldMappings, sourceSchema}}; not changed
   */
  JsonNode apply(JsonNode definition) throws IOException {
    ObjectNode edited = definition.deepCopy();
    if (mapping != null) {
      JsonNode told = read(mapping);
      if (told.isArray()) {
        edited.set("fieldMappings", told);
      } else {
        requireObject(told, mapping + " holds neither a list nor an object");
        told.properties().forEach(part -> set(edited, part.getKey(), part.getValue()));
      }
    }
    if (schema != null) {
      edited.withObject("/stream").set("schema", read(schema));
    }
    if (sourceConfig != null) {
      configure(edited, read(sourceConfig), sourceConfig + " holds no object");
    }
    return edited;
  }

  /** What is misspelt would change nothing, in silence. */
  private void set(ObjectNode definition, String part, JsonNode value) {
    switch (part) {
      case "fieldMappings" -> definition.set(part, value);
      case "schema", "primaryKey", "cursorField", "syncMode" ->
          definition.withObject("/stream").set(part, value);
      case "config" -> configure(definition, value, mapping + " has a config that is no object");
      default ->
          throw wrong(
              mapping
                  + " has %s, which is none of fieldMappings, schema, primaryKey, cursorField, syncMode, config"
                      .formatted(Shown.text(part)));
    }
  }

  private static void configure(ObjectNode definition, JsonNode told, String fault) {
    requireObject(told, fault);
    definition.withObject("/source/config").setAll((ObjectNode) told);
  }

  private static void requireObject(JsonNode told, String fault) {
    if (!told.isObject()) {
      throw wrong(fault);
    }
  }

  private static PermanentFailure wrong(String what) {
    return new PermanentFailure(what + ".", "Correct it, then try again.");
  }

  /** JSON from a file, or why it is none. */
  static JsonNode read(Path file) throws IOException {
    try {
      JsonNode told = JSON.readTree(Files.readAllBytes(file));
      if (told.isMissingNode()) {
        throw wrong(file + " is empty");
      }
      return told;
    } catch (JsonProcessingException e) {
      throw wrong(
          "%s is no valid JSON: line %d, column %d: %s"
              .formatted(
                  file,
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 0 : e.getLocation().getColumnNr(),
                  e.getOriginalMessage()));
    }
  }
}
