package dev.odyssey.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.failure.Shown;
import dev.odyssey.failure.TransientFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;

/** What it means when storage answers something else than the object. Stateless. */
final class Refusals {
  private static final int MAX_ERROR_BYTES = 64 * 1024;
  // https://supabase.com/docs/guides/storage/debugging/error-codes
  private static final Set<String> PASSING_CODES =
      Set.of("slowdown", "internalerror", "databasetimeout", "databaseerror", "lockedtimeout");
  private static final Set<Integer> PASSING_STATUSES = Set.of(408, 425, 429);

  private final ObjectMapper json;

  Refusals(ObjectMapper json) {
    this.json = json;
  }

  /**
   * Supabase Storage answers 400 and tells the true status and code in its JSON.
   *
   * @param rest that storage asks for; null for none
   */
  RuntimeException refusal(Download download, int status, Duration rest, InputStream body)
      throws IOException {
    JsonNode error = error(body);
    int trueStatus = error.path("statusCode").asInt(status);
    String code = error.path("code").asText(error.path("error").asText(""));
    String message =
        "Stream '%s': storage refused %s: %d %s %s"
            .formatted(
                download.stream(),
                download.name(),
                trueStatus,
                Shown.text(code),
                Shown.text(error.path("message").asText("")))
            .strip();
    boolean passing = !isRedirect(status) && isPassing(trueStatus, code);
    return passing
        ? TransientFailure.resting(
            message, "The storage service is busy or failing; it is tried again.", rest)
        : new PermanentFailure(message, advice(code, status, download));
  }

  private static boolean isPassing(int status, String code) {
    return PASSING_STATUSES.contains(status)
        || status >= 500
        || PASSING_CODES.contains(code.toLowerCase(Locale.ROOT));
  }

  private static boolean isRedirect(int status) {
    return status >= 300 && status < 400;
  }

  private static String advice(String code, int status, Download download) {
    if (isRedirect(status)) {
      return "Storage redirects, which is never followed: correct SUPABASE_URL.";
    }
    return switch (code) {
      case "NoSuchKey" ->
          "Upload %s or correct the path in data_sources.config, then redrive."
              .formatted(download.name());
      case "NoSuchBucket" -> "Create the bucket of %s, then redrive.".formatted(download.name());
      case "InvalidKey" -> "Correct the path in data_sources.config, then redrive.";
      case "AccessDenied", "InvalidJWT", "Unauthorized" -> "Check SUPABASE_SERVICE_ROLE_KEY.";
      default ->
          "Check SUPABASE_URL, SUPABASE_SERVICE_ROLE_KEY and the path in data_sources.config.";
    };
  }

  private JsonNode error(InputStream body) throws IOException {
    String text = new String(body.readNBytes(MAX_ERROR_BYTES), StandardCharsets.UTF_8);
    try {
      JsonNode node = json.readTree(text);
      return node == null || !node.isObject() ? json.createObjectNode() : node;
    } catch (JsonProcessingException e) {
      return json.createObjectNode(); // not JSON, a proxy's page perhaps: the status must do
    }
  }
}
