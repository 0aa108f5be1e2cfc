package dev.odyssey.sandbox;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

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
 */
public record ReceivedRequest(String method, String path, Map<String, String> headers) {

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
        new ReceivedRequest(parts[0], parts[1], Collections.unmodifiableMap(headers)));
  }
}
