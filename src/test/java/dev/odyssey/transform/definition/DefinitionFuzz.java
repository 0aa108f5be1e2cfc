package dev.odyssey.transform.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.failure.PermanentFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * For {@code bench/fuzz}: any JSON as a stream's definition is read, or refused for good with
 * advice.
 */
public final class DefinitionFuzz {
  private static final ObjectMapper JSON = new ObjectMapper();

  private DefinitionFuzz() {}

  public static void fuzzerTestOneInput(byte[] bytes) {
    JsonNode definition;
    try {
      definition = JSON.readTree(bytes);
    } catch (IOException e) {
      return; // the database holds JSON, nothing else
    }
    try {
      DefinitionParser.parse(definition);
    } catch (PermanentFailure refused) {
      if (refused.getMessage().isBlank() || refused.advice().isBlank()) {
        throw new AssertionError("refused without a reason", refused);
      }
    }
  }

  /** Writes what to begin with into a folder. */
  public static void main(String[] folder) throws IOException {
    Files.writeString(
        Files.createDirectories(Path.of(folder[0])).resolve("sound"), HostileDefinitionTest.SOUND);
  }
}
