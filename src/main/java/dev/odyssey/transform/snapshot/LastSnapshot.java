package dev.odyssey.transform.snapshot;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.definition.StreamDefinition;
import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.text.Names;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/**
 * What this run compares with. Immutable.
 *
 * @param previous null on a first sync, and where the last snapshot cannot be used
 * @param problem why it cannot be used, a clause about "it"; null where there is no such problem
 */
public record LastSnapshot(Previous previous, String problem) {

  /**
   * A full refresh does without an unusable one: it is a first sync again, and says so. An
   * incremental sync would lose rows, so it fails.
   *
   * @param path as for {@link Previous#open}; null on a first sync
   */
  public static LastSnapshot of(Engine engine, Path path, UUID streamId, StreamDefinition stream) {
    if (path == null) {
      return new LastSnapshot(null, null);
    }
    try {
      return new LastSnapshot(Previous.open(engine, path, streamId), null);
    } catch (Previous.Unusable e) {
      if (stream.incremental()) {
        throw new PermanentFailure(
            "Stream %s: its last snapshot cannot be added to: %s."
                .formatted(Names.shown(stream.name()), e.getMessage()),
            "Restore the object that data_sync_state.last_snapshot_path names, or sync the stream"
                + " once with sync_mode full_refresh, then redrive the job.");
      }
      return new LastSnapshot(null, e.getMessage());
    }
  }

  /** Of its column of this name in any case. */
  public Optional<String> type(String name) {
    return previous == null ? Optional.empty() : previous.type(name);
  }

  /** Of its columns, by their names in any case. */
  public Map<String, String> types() {
    return previous == null ? Map.of() : previous.types();
  }
}
