package dev.odyssey.source;

import java.nio.file.Path;

/**
 * A source file as downloaded.
 *
 * @param bytes its size
 * @param sha256 of its bytes, in lower-case hex; null where storage says that it is still the one
 *     that {@link Download#etag} names, so that nothing was downloaded
 * @param etag as storage gave it; null where it gave none
 */
public record SourceFile(Path path, long bytes, String sha256, String etag) {

  /** From where there are no ETags. */
  public SourceFile(Path path, long bytes, String sha256) {
    this(path, bytes, sha256, null);
  }

  /**
   * @param tag null for none
   */
  SourceFile taggedAs(String tag) {
    return new SourceFile(path, bytes, sha256, tag);
  }
}
