package dev.odyssey.sandbox;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPOutputStream;

/**
 * What the {@link StorageStandIn} will send. Immutable.
 *
 * @param length bytes of the body
 */
record Answer(int status, Map<String, String> headers, long length, Body body) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Opens the bytes to send; the sender closes them. */
  @FunctionalInterface
  interface Body {
    InputStream open() throws IOException;
  }

  static Answer empty(int status, Map<String, String> headers) {
    return new Answer(status, headers, 0, InputStream::nullInputStream);
  }

  static Answer part(int status, Map<String, String> headers, Path file, long from, long length) {
    return new Answer(status, headers, length, () -> openAt(file, from));
  }

  /** An error as Supabase Storage renders it; a null field is left out. */
  static Answer error(int status, String statusCode, String error, String code, String message) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("statusCode", statusCode);
    fields.put("error", error);
    fields.put("message", message);
    fields.put("code", code);
    fields.values().removeIf(Objects::isNull);
    return json(status, fields);
  }

  static Answer json(int status, Object content) {
    try {
      byte[] json = JSON.writeValueAsBytes(content);
      return new Answer(
          status,
          Map.of("Content-Type", "application/json; charset=utf-8"),
          json.length,
          () -> new ByteArrayInputStream(json));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Answer failure(Fault.Status fault) {
    String code = String.valueOf(fault.code());
    Answer answer =
        error(fault.code(), code, "Error", "InternalError", "The stand-in was told to fail");
    return fault.retryAfter() == null
        ? answer
        : answer.with("Retry-After", String.valueOf(fault.retryAfter().toSeconds()));
  }

  /** The same content, its bytes in gzip. */
  Answer inGzip() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (InputStream plain = body.open();
        OutputStream gzip = new GZIPOutputStream(packed)) {
      plain.transferTo(gzip);
    }
    byte[] bytes = packed.toByteArray();
    return new Answer(status, headers, bytes.length, () -> new ByteArrayInputStream(bytes))
        .with("Content-Encoding", "gzip");
  }

  Answer with(String header, String value) {
    Map<String, String> more = new LinkedHashMap<>(headers);
    more.put(header, value);
    return new Answer(status, more, length, body);
  }

  private static InputStream openAt(Path file, long from) throws IOException {
    InputStream input = Files.newInputStream(file);
    input.skipNBytes(from);
    return input;
  }
}
