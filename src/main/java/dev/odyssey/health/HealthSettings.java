package dev.odyssey.health;

import dev.odyssey.settings.Settings;
import java.time.Duration;

/**
 * Whether and where probes are answered.
 *
 * @param readinessInterval how often the database and the bucket are asked
 */
public record HealthSettings(boolean enabled, int port, Duration readinessInterval) {

  public static HealthSettings from(Settings settings) {
    return new HealthSettings(
        settings.flag("HEALTH_CHECK_ENABLED"),
        settings.integer("HEALTH_CHECK_PORT", 1, 65_535),
        settings.millis("READINESS_INTERVAL_MS", 100, 60_000));
  }
}
