package dev.odyssey.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * What Supabase Storage answers to {@code POST /storage/v1/object/list/bucket}: a page of the names
 * in one folder; a folder's own entry has no id and no metadata. Stateless.
 */
final class StoredNames {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int DEFAULT_LIMIT = 100;

  private final Path folder;

  StoredNames(Path folder) {
    this.folder = folder;
  }

  /**
   * @param request {@code {prefix, limit?, offset?}}
   */
  Answer list(String bucket, String request) throws IOException {
    JsonNode wanted = JSON.readTree(request);
    Path root = folder.resolve(bucket);
    Path place = root.resolve(wanted.path("prefix").asText("")).normalize();
    if (!place.startsWith(root)) {
      return Answer.error(400, "400", "InvalidKey", "InvalidKey", "Invalid key");
    }
    List<Map<String, Object>> page = new ArrayList<>();
    if (Files.isDirectory(place)) {
      try (Stream<Path> files = Files.list(place)) {
        List<Path> asked =
            files
                .sorted()
                .skip(wanted.path("offset").asLong(0))
                .limit(wanted.path("limit").asLong(DEFAULT_LIMIT))
                .toList();
        for (Path file : asked) {
          page.add(entry(file));
        }
      }
    }
    return Answer.json(200, page);
  }

  private static Map<String, Object> entry(Path file) throws IOException {
    boolean isFile = Files.isRegularFile(file);
    Map<String, Object> entry = new LinkedHashMap<>();
    entry.put("name", file.getFileName().toString());
    entry.put(
        "id", isFile ? UUID.nameUUIDFromBytes(file.toString().getBytes(UTF_8)).toString() : null);
    entry.put("metadata", isFile ? Map.of("size", Files.size(file)) : null);
    return entry;
  }
}
