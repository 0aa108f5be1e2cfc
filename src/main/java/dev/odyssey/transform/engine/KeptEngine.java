package dev.odyssey.transform.engine;

import dev.odyssey.transform.TransformSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps the instance of a small job for the next: to start one and to end it takes several times as
 * long as the work of such a job.
 *
 * <p>It reaches the room in which the job's directory lies, and so is kept only where that
 * directory is alone in its room, and while jobs come from the same room. What a job made in it
 * ends with the job's connection. After a job that fails it is ended. Not thread-safe: one job at a
 * time.
 */
public final class KeptEngine implements Engines, AutoCloseable {
  private EngineInstance instance; // null: none is kept, as are the next two
  private Path room;
  private TransformSettings settings;

  @Override
  public Engine open(Path directory, TransformSettings wanted, long bytes, ProgressMeter progress)
      throws SQLException, IOException {
    if (!TransformSettings.isLittle(bytes) || !isAlone(directory)) {
      close();
      return Engine.open(directory, wanted, progress);
    }
    Path parent = directory.getParent();
    if (!parent.equals(room) || !wanted.equals(settings)) {
      close();
      instance = EngineInstance.ofSeveralJobs(parent, wanted);
      room = parent;
      settings = wanted;
    }
    return new Engine(instance, instance.connection().duplicate(), progress, this::ended);
  }

  private static boolean isAlone(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory.getParent())) {
      return entries.toList().equals(List.of(directory));
    }
  }

  private void ended(boolean isWell) throws SQLException {
    if (!isWell) {
      close();
    }
  }

  /** Ends what is kept; a later job begins anew. */
  @Override
  public void close() throws SQLException {
    EngineInstance kept = instance;
    instance = null;
    room = null;
    settings = null;
    if (kept != null) {
      kept.close();
    }
  }
}
