package dev.odyssey.queue;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.testing.ContractDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * For {@code bench/fuzz}: any message is a job, or a dead letter that says why, and keeps nobody
 * back. Bytes that are no JSON are a message's {@code stream_name}.
 */
public final class MessageFuzz {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SOUND =
      """
      {"stream_id": "51000000-0000-4000-8000-000000000001", "run_id": null, "msg": [1, {}],
       "tenant_id": "a0000000-0000-4000-8000-000000000001", "trigger_type": "manual",
       "stream_name": "orders", "queued_at": "2026-03-04T05:06:07Z",
       "traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}
      """;
  private static ContractDatabase database;

  private MessageFuzz() {}

  public static void fuzzerInitialize() {
    database = ContractDatabase.start();
  }

  public static void fuzzerTearDown() {
    database.close();
  }

  public static void fuzzerTestOneInput(byte[] bytes) {
    JsonNode message = message(bytes);
    if (isStorable(message)) {
      OddMessage.send(database, message);
    }
  }

  private static JsonNode message(byte[] bytes) {
    try {
      JsonNode message = JSON.readTree(bytes);
      if (message != null && !message.isMissingNode()) {
        return message;
      }
    } catch (IOException e) {
      return named(bytes);
    }
    return named(bytes);
  }

  private static JsonNode named(byte[] bytes) {
    return JSON.createObjectNode().put("stream_name", new String(bytes, UTF_8));
  }

  /** Not every JSON is a {@code jsonb}: no NUL, no half of a surrogate pair, no endless number. */
  private static boolean isStorable(JsonNode message) {
    String json = message.toString();
    return UTF_8.newEncoder().canEncode(json)
        && (Boolean) database.value("select pg_input_is_valid(?, 'jsonb')", json);
  }

  /** Writes what to begin with into a folder. */
  public static void main(String[] folder) throws IOException {
    Files.writeString(Files.createDirectories(Path.of(folder[0])).resolve("sound"), SOUND);
  }
}
