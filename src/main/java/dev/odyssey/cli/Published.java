package dev.odyssey.cli;

import dev.odyssey.console.ConsoleData;
import dev.odyssey.console.Models;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.publish.StoredObjects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A run and what it published.
 *
 * @param snapshot as {@code data_sync_state.last_snapshot_path} names it
 */
record Published(UUID run, String snapshot) {
  private static final int LOOKED_AT = 50;

  /** The last of the stream that published something of their own, the latest first. */
  static List<Published> last(ConsoleData data, UUID stream, int count)
      throws ConsoleData.Unavailable {
    List<Published> last = new ArrayList<>();
    for (Map<String, Object> run : data.runs(stream, false, LOOKED_AT)) {
      if (last.size() < count && "completed".equals(run.get("status"))) {
        UUID id = UUID.fromString(run.get("runId").toString());
        String path = snapshot(data.run(id).orElse(Map.of()));
        if (path != null && path.contains(id.toString())) {
          last.add(new Published(id, path));
        }
      }
    }
    return last;
  }

  /** Of a run as {@code odyssey.show_run} gives it; null where there is none. */
  static String snapshot(Map<String, Object> run) {
    return Models.rows(run, "attempts").stream()
        .map(attempt -> Models.object(attempt, "result").get("snapshotPath"))
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .findFirst()
        .orElse(null);
  }

  /**
   * Downloads it.
   *
   * @param directory which is made, for its parts
   * @param kept {@code KEEP_SNAPSHOTS}, for the advice
   * @throws PermanentFailure where it is gone
   */
  Path fetch(StoredObjects objects, Path directory, String kept) throws IOException {
    try {
      objects.fetch(snapshot, directory);
      return Files.createDirectories(directory);
    } catch (StoredObjects.NoSuchObject e) {
      throw new PermanentFailure(
          "The snapshot of run %s is not in the bucket any more".formatted(run),
          "Housekeeping keeps the last %s of a stream (KEEP_SNAPSHOTS).".formatted(kept));
    }
  }
}
