package dev.odyssey.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * What of a download is on disk already, and of which version of the object: the strong ETag lies
 * in a file beside it, for only with one may the rest be asked for alone (RFC 9110, 13.1.5).
 */
record Part(Path file) {

  boolean isResumable() {
    return Files.exists(tagFile()) && file.toFile().length() > 0;
  }

  long bytes() throws IOException {
    return Files.size(file);
  }

  String tag() throws IOException {
    return Files.readString(tagFile());
  }

  /** From now on the file is the beginning of the object that has this ETag; null for none. */
  void begin(String tag) throws IOException {
    forget();
    if (tag != null && tag.startsWith("\"")) { // W/"..." is weak: equal content, other bytes
      Files.writeString(tagFile(), tag);
    }
  }

  /** The next request asks for the whole. */
  void forget() throws IOException {
    Files.deleteIfExists(tagFile());
  }

  /** The hash of what is there, ready to go on with the rest. */
  MessageDigest digest() throws IOException {
    MessageDigest sha256 = sha256();
    try (InputStream in = Files.newInputStream(file);
        var out = new DigestOutputStream(OutputStream.nullOutputStream(), sha256)) {
      in.transferTo(out);
    }
    return sha256;
  }

  static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e); // every Java platform has SHA-256
    }
  }

  private Path tagFile() {
    return file.resolveSibling(file.getFileName() + ".etag");
  }
}
