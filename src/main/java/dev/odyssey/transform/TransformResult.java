package dev.odyssey.transform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.odyssey.transform.snapshot.SnapshotColumn;
import java.nio.file.Path;
import java.util.List;

/**
 * What a transform made and counted. {@code processed = inserted + updated + unchanged + rejected}.
 *
 * @param snapshot the Parquet file with all live rows
 * @param changes the Parquet file with inserted, updated and deleted rows; null where there is none
 * @param rejects the Parquet file with the rows that could not be taken; null where there is none
 * @param duplicateKeys those of the rejected that shared their key with another row
 * @param totalRows live rows in the snapshot
 * @param snapshotBytes size of the snapshot file
 * @param columns of the snapshot, in order
 * @param excess why nothing of it may be published but the rejects; null where the limits hold
 * @param details facts for the run's {@code error_details}, such as bad values per column; null
 *     where there are none
 */
public record TransformResult(
    Path snapshot,
    Path changes,
    Path rejects,
    long processed,
    long inserted,
    long updated,
    long unchanged,
    long deleted,
    long rejected,
    long duplicateKeys,
    long totalRows,
    long snapshotBytes,
    List<SnapshotColumn> columns,
    Excess excess,
    JsonNode details) {

  /** Which limit is exceeded, and by what; what to do about it. */
  public record Excess(String message, String advice) {}
}
