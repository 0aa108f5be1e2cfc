package dev.odyssey.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.failure.TransientFailure;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;

/**
 * Takes a storage answer: its bytes into the download's file, or its error into a failure.
 *
 * <p>Streams; holds no more than a buffer in memory. Repeatable: the file is written anew.
 */
public final class Downloads {
  private static final int MAX_ERROR_BYTES = 64 * 1024;
  // https://supabase.com/docs/guides/storage/debugging/error-codes
  private static final Set<String> PASSING_CODES =
      Set.of("slowdown", "internalerror", "databasetimeout", "databaseerror", "lockedtimeout");

  private final SourceSettings settings;
  private final ObjectMapper json;

  public Downloads(SourceSettings settings, ObjectMapper json) {
    this.settings = settings;
    this.json = json;
  }

  /**
   * @param status the HTTP status
   * @param contentLength as announced, in bytes; null where the server did not say
   * @throws TransientFailure for an answer that may be better later, or an incomplete body
   * @throws PermanentFailure for any other answer than 200, and for a file over the limit
   */
  public SourceFile save(Download download, int status, Long contentLength, InputStream body)
      throws IOException {
    try (body) {
      if (status != 200) {
        throw refused(download, status, body == null ? InputStream.nullInputStream() : body);
      }
      checkRoom(download, contentLength);
      return write(download, contentLength, body == null ? InputStream.nullInputStream() : body);
    }
  }

  private SourceFile write(Download download, Long contentLength, InputStream body)
      throws IOException {
    MessageDigest sha256 = sha256();
    long bytes = 0;
    try (var in = new DigestInputStream(body, sha256);
        OutputStream out = Files.newOutputStream(download.file())) {
      byte[] buffer = new byte[1 << 16];
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        bytes += n;
        if (bytes > settings.maxSourceBytes()) {
          throw tooLarge(download);
        }
        out.write(buffer, 0, n);
      }
    }
    if (contentLength != null && bytes != contentLength) {
      throw new TransientFailure(
          "Stream '%s': the download of %s ended after %d of %d bytes"
              .formatted(download.stream(), download.name(), bytes, contentLength),
          "The storage service or the network cut it; it is tried again.");
    }
    return new SourceFile(download.file(), bytes, HexFormat.of().formatHex(sha256.digest()));
  }

  void checkRoom(Download download, Long contentLength) throws IOException {
    if (contentLength == null) {
      return;
    }
    if (contentLength > settings.maxSourceBytes()) {
      throw tooLarge(download);
    }
    long free = Files.getFileStore(download.file().getParent()).getUsableSpace();
    if (contentLength > free) {
      throw new TransientFailure(
          "Stream '%s': %s has %d bytes, but the disk under WORK_DIR has only %d free"
              .formatted(download.stream(), download.name(), contentLength, free),
          "Give WORK_DIR a larger disk.");
    }
  }

  private PermanentFailure tooLarge(Download download) {
    return new PermanentFailure(
        "Stream '%s': %s is larger than MAX_SOURCE_BYTES (%d)"
            .formatted(download.stream(), download.name(), settings.maxSourceBytes()),
        "Raise MAX_SOURCE_BYTES if such files are expected, then redrive the run.");
  }

  /** Supabase Storage answers 400 and tells the true status and code in its JSON. */
  RuntimeException refused(Download download, int status, InputStream body) throws IOException {
    JsonNode error = error(body);
    int trueStatus = error.path("statusCode").asInt(status);
    String code = error.path("code").asText(error.path("error").asText(""));
    String message =
        "Stream '%s': storage refused %s: %d %s %s"
            .formatted(
                download.stream(),
                download.name(),
                trueStatus,
                code,
                error.path("message").asText(""))
            .strip();
    boolean passing =
        trueStatus == 408
            || trueStatus == 429
            || trueStatus >= 500
            || PASSING_CODES.contains(code.toLowerCase(Locale.ROOT));
    return passing
        ? new TransientFailure(
            message, "The storage service is busy or failing; it is tried again.")
        : new PermanentFailure(message, advice(code, trueStatus, download));
  }

  private static String advice(String code, int status, Download download) {
    return switch (code) {
      case "NoSuchKey" ->
          "Upload %s or correct the path in data_sources.config, then redrive."
              .formatted(download.name());
      case "NoSuchBucket" -> "Create the bucket of %s, then redrive.".formatted(download.name());
      case "InvalidKey" -> "Correct the path in data_sources.config, then redrive.";
      case "AccessDenied", "InvalidJWT", "Unauthorized" -> "Check SUPABASE_SERVICE_ROLE_KEY.";
      default ->
          status >= 300 && status < 400
              ? "Storage redirects, which is never followed: correct SUPABASE_URL."
              : "Check SUPABASE_URL, SUPABASE_SERVICE_ROLE_KEY and the path in"
                  + " data_sources.config.";
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

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has SHA-256
    }
  }
}
