package dev.odyssey.transform.file;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * What the files of a source of several files are called in its directory, so that they keep their
 * order and what their owner calls them, on every file system. Stateless.
 */
public final class PieceName {
  /** File systems take 255 bytes. */
  private static final int MAX_ENCODED = 200;

  private PieceName() {}

  /**
   * The name of the file in the directory: ASCII, without separators.
   *
   * @param index its place among the files, from 0
   * @param name as its owner calls it, folders included; of one too long the end is kept
   */
  public static String file(int index, String name) {
    String end = name;
    String encoded = encoded(end);
    while (encoded.length() > MAX_ENCODED) {
      end = end.substring(end.offsetByCodePoints(0, 1));
      encoded = encoded(end);
    }
    return "%06d-%s".formatted(index, encoded);
  }

  /** What the owner calls such a file. */
  static String of(Path file) {
    String encoded = file.getFileName().toString();
    return URLDecoder.decode(encoded.substring(encoded.indexOf('-') + 1), StandardCharsets.UTF_8);
  }

  private static String encoded(String name) {
    return URLEncoder.encode(name, StandardCharsets.UTF_8).replace("*", "%2A");
  }
}
