package dev.odyssey.sandbox;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Text files beside the sandbox's classes. */
final class Resource {

  private Resource() {}

  static String text(String name) {
    try (InputStream input = Resource.class.getClassLoader().getResourceAsStream(name)) {
      if (input == null) {
        throw new IllegalStateException(name + " is not on the class path");
      }
      return new String(input.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(name + " cannot be read", e);
    }
  }
}
