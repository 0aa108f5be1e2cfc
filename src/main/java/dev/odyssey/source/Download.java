package dev.odyssey.source;

import dev.odyssey.failure.Shown;
import java.nio.file.Path;
import java.util.UUID;

/**
 * A source object to fetch.
 *
 * @param url where it is, fully encoded
 * @param name bucket and path as a person would say them, for messages
 * @param stream the stream's name, for messages
 * @param token the attempt's
 * @param file where its bytes go
 * @param etag asks for it only where it is not this one any more; null to have it anyway
 */
public record Download(String url, String name, String stream, UUID token, Path file, String etag) {

  public Download {
    name = Shown.text(name);
    stream = Shown.text(stream);
  }

  /** Whatever was downloaded before. */
  public Download(String url, String name, String stream, UUID token, Path file) {
    this(url, name, stream, token, file, null);
  }
}
