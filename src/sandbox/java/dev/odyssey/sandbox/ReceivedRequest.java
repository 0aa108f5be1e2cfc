package dev.odyssey.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A request as it arrived at the {@link StorageStandIn}. Immutable.
 *
 * @param path as sent: percent-encoded
 * @param headers by name in any case; of repeated ones the last
 * @param body empty where there is none
 */
public record ReceivedRequest(
    String method, String path, Map<String, String> headers, String body) {

  public Optional<String> header(String name) {
    return Optional.ofNullable(headers.get(name));
  }

  /** Empty where the client closed the connection without a request. */
  static Optional<ReceivedRequest> read(InputStream input) throws IOException {
    BufferedReader lines = new BufferedReader(new InputStreamReader(input, ISO_8859_1));
    String requestLine = lines.readLine();
    if (requestLine == null) {
      return Optional.empty();
    }
    String[] parts = requestLine.split(" ", -1);
    if (parts.length != 3) {
      throw new IOException("Not an HTTP request: " + requestLine);
    }
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (String line; (line = lines.readLine()) != null && !line.isEmpty(); ) {
      int colon = line.indexOf(':');
      headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
    }
    return Optional.of(
        new ReceivedRequest(
            parts[0], parts[1], Collections.unmodifiableMap(headers), body(lines, headers)));
  }

  private static String body(BufferedReader input, Map<String, String> headers) throws IOException {
    char[] body = new char[Integer.parseInt(headers.getOrDefault("Content-Length", "0"))];
    int length = 0;
    for (int read = 0; read >= 0 && length < body.length; length += Math.max(read, 0)) {
      read = input.read(body, length, body.length - length);
    }
    return new String(new String(body, 0, length).getBytes(ISO_8859_1), UTF_8);
  }
}
