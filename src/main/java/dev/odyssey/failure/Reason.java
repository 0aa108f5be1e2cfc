package dev.odyssey.failure;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.sql.SQLException;
import software.amazon.awssdk.core.exception.SdkException;

/** The class of a failure: few enough to count by. */
public enum Reason {
  /** The source file, the stream's definition or a setting must be changed: no retry mends it. */
  REFUSED,
  /** A service or the file's way here failed us; a retry may do. */
  TEMPORARY,
  /** The transform's process died, hung or took too much. */
  TRANSFORM_DIED,
  /** The S3 storage. */
  STORAGE,
  DATABASE,
  NETWORK,
  /** The disk under {@code WORK_DIR}. */
  DISK,
  /** A defect of ours. */
  UNEXPECTED;

  /**
   * Of the first cause that says it.
   *
   * @param thrown null for what nobody knows
   */
  public static Reason of(Throwable thrown) {
    for (Throwable t = thrown; t != null; t = t.getCause() == t ? null : t.getCause()) {
      Reason reason = known(t);
      if (reason != null) {
        return reason;
      }
    }
    return UNEXPECTED;
  }

  private static Reason known(Throwable t) {
    if (t instanceof PermanentFailure) {
      return REFUSED;
    } else if (t instanceof TransientFailure failure) {
      boolean died =
          failure.details() != null && failure.details().path("kind").asText().endsWith("died");
      return died ? TRANSFORM_DIED : TEMPORARY;
    } else if (t instanceof SdkException) {
      return STORAGE;
    } else if (t instanceof SQLException) {
      return DATABASE;
    } else if (t instanceof FileSystemException) {
      return DISK;
    } else if (t instanceof IOException e) {
      return LibraryFailures.isDiskFull(e) ? DISK : NETWORK;
    }
    return null;
  }
}
