package dev.odyssey.transform.file;

import java.nio.file.Path;

/**
 * One data file of a source: the downloaded object, one under a prefix, or a member of an archive.
 *
 * @param path inside the job's directory
 * @param name as its owner calls it, for messages and for what its ending says; may be empty
 */
public record Piece(Path path, String name) {

  /** The lower-case ending, without those of compression; empty where there is none. */
  public String extension() {
    String plain =
        name.toLowerCase(java.util.Locale.ROOT).replaceFirst("\\.(gz|gzip|zst|zstd|bz2|xz)$", "");
    int dot = plain.lastIndexOf('.');
    return dot > plain.lastIndexOf('/') ? plain.substring(dot + 1) : "";
  }
}
