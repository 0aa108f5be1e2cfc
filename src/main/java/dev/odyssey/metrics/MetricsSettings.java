package dev.odyssey.metrics;

import dev.odyssey.settings.Settings;

/** Whether metrics are kept and answered at {@code /metrics}. */
public record MetricsSettings(boolean enabled) {

  public static MetricsSettings from(Settings settings) {
    return new MetricsSettings(settings.flag("METRICS_ENABLED"));
  }
}
