package dev.odyssey.console;

import dev.odyssey.failure.Secret;
import dev.odyssey.settings.Settings;
import java.util.Optional;

/**
 * Whether the web page is there, and for whom.
 *
 * @param password who knows it may look and act; without one, loopback may look and nobody may act
 */
public record ConsoleSettings(boolean enabled, Optional<Secret> password) {

  public static ConsoleSettings from(Settings settings) {
    return new ConsoleSettings(
        settings.flag("DASHBOARD_ENABLED"), settings.optionalSecret("DASHBOARD_PASSWORD"));
  }
}
