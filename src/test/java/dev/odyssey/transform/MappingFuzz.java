package dev.odyssey.transform;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * For {@code bench/fuzz}: any schema, mappings and options do with a small file what they say, or
 * are refused for good. A line of the input is one of {@code column NAME TYPE}, {@code key NAME},
 * {@code map SOURCE TARGET}, {@code transform TARGET EXPRESSION}, {@code config JSON}.
 */
public final class MappingFuzz {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MOST_LINES = 30;
  private static final String FILE =
      """
      id,name,at,sum
      1,"Ann, née Bo",2026-01-01,1.50
      2,,31.12.2025,x
      2,Ö,2026-01-01T10:00:00Z,-7
      """;
  private static final String SOUND =
      """
      column id integer
      column total decimal(10,2)
      column day date
      key id
      map id id
      map at day
      transform total round(try_cast(sum AS DOUBLE) * 2, 1)
      transform name CASE WHEN upper(name) LIKE 'A%' THEN name || '!' ELSE coalesce(name, '') END
      transform shape regexp_replace(concat_ws('-', name, substr(at, 1, 4)), '[0-9]+', 'x', 'g')
      config {"csv": {"delimiter": ",", "quote": "\\"", "header": true}, "maxBadValueRatio": 1}
      """;

  private MappingFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) throws IOException {
    ObjectNode definition = definition(new String(bytes, UTF_8));
    FileFuzz.transform(
        job -> {
          definition
              .properties()
              .forEach(field -> job.definition(field.getKey(), field.getValue().toString()));
          return job.file(FILE);
        });
  }

  private static ObjectNode definition(String input) {
    ObjectNode definition = JSON.createObjectNode();
    definition.putObject("stream").put("name", "orders");
    definition.putObject("source").put("type", "file");
    input.lines().limit(MOST_LINES).forEach(line -> add(definition, line.split(" ", 3)));
    return definition;
  }

  private static void add(ObjectNode definition, String[] words) {
    if (words.length < 2) {
      return; // says nothing
    }
    String rest = words.length < 3 ? "" : words[2];
    ObjectNode stream = definition.withObject("/stream");
    switch (words[0]) {
      case "column" ->
          stream.withArray("schema").addObject().put("name", words[1]).put("type", rest);
      case "key" -> stream.withArray("primaryKey").add(words[1]);
      case "map" ->
          definition
              .withArray("fieldMappings")
              .addObject()
              .put("source", words[1])
              .put("target", rest);
      case "transform" ->
          definition
              .withArray("fieldMappings")
              .addObject()
              .put("target", words[1])
              .put("transform", rest);
      case "config" -> setConfig(definition.withObject("/source"), words[1] + " " + rest);
      default -> {} // says nothing
    }
  }

  private static void setConfig(ObjectNode source, String json) {
    try {
      source.set("config", JSON.readTree(json));
    } catch (JsonProcessingException e) {
      return; // the database holds JSON, nothing else
    }
  }

  /** Writes what to begin with into a folder. */
  public static void main(String[] folder) throws IOException {
    Files.writeString(Files.createDirectories(Path.of(folder[0])).resolve("sound"), SOUND);
  }
}
