package dev.odyssey.settings;

import java.util.List;

/** One or more settings are missing or wrong; the message names each and says what it must be. */
public final class InvalidSettings extends RuntimeException {
  public InvalidSettings(List<String> problems) {
    super("Wrong settings:\n  - " + String.join("\n  - ", problems));
  }
}
