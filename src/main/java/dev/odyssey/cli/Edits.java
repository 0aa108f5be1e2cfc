package dev.odyssey.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.odyssey.failure.PermanentFailure;
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
        for (String field : new String[] {"schema", "primaryKey", "cursorField", "syncMode"}) {
          if (told.has(field)) {
            edited.withObject("/stream").set(field, told.path(field));
          }
        }
        if (told.has("fieldMappings")) {
          edited.set("fieldMappings", told.path("fieldMappings"));
        }
        configure(edited, told.path("config"));
      }
    }
    if (schema != null) {
      edited.withObject("/stream").set("schema", read(schema));
    }
    if (sourceConfig != null) {
      configure(edited, read(sourceConfig));
    }
    return edited;
  }

  private static void configure(ObjectNode definition, JsonNode told) {
    if (told instanceof ObjectNode config) {
      definition.withObject("/source/config").setAll(config);
    }
  }

  /** JSON from a file, or why it is none. */
  static JsonNode read(Path file) throws IOException {
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw new PermanentFailure(
          "%s is no valid JSON: line %d, column %d: %s"
              .formatted(
                  file,
                  e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
                  e.getLocation() == null ? 0 : e.getLocation().getColumnNr(),
                  e.getOriginalMessage()),
          "Correct it, then try again.");
    }
  }
}
