package dev.odyssey.housekeeping;

import dev.odyssey.settings.Settings;
import java.time.Duration;

/**
 * How long things are kept that nobody points to.
 *
 * @param keepSnapshots of each stream, the current one included; changes go with their snapshot
 * @param keepRejectsDays since the end of the run's last attempt
 * @param grace since then, before what an attempt left may go
 * @param keepHistoryDays since the end of a run's last attempt
 * @param uploadAge of a multipart upload that nobody will finish any more
 */
public record HousekeepingSettings(
    int keepSnapshots,
    int keepRejectsDays,
    Duration grace,
    int keepHistoryDays,
    Duration uploadAge) {

  public static HousekeepingSettings from(Settings settings) {
    settings.seconds("HOUSEKEEPING_INTERVAL_SECONDS", 1, 604_800); // read by routes/housekeeping
    return new HousekeepingSettings(
        settings.integer("KEEP_SNAPSHOTS", 1, 100_000),
        settings.integer("KEEP_REJECTS_DAYS", 0, 36_500),
        settings.seconds("HOUSEKEEPING_GRACE_SECONDS", 0, 31_536_000),
        settings.integer("KEEP_HISTORY_DAYS", 1, 36_500),
        Duration.ofDays(1));
  }
}
