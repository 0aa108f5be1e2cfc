package dev.odyssey.transform.engine;

import dev.odyssey.transform.TransformSettings;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;

/** Where a job gets its engine from. */
@FunctionalInterface
public interface Engines {
  /**
   * @param directory the job's own
   * @param bytes that the job will read
   */
  Engine open(Path directory, TransformSettings settings, long bytes, ProgressMeter progress)
      throws SQLException, IOException;
}
