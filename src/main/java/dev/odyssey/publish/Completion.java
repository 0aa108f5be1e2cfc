package dev.odyssey.publish;

import com.fasterxml.jackson.databind.JsonNode;
import dev.odyssey.source.LastSource;

/**
 * What {@code odyssey.complete_run} records: the run's counts and its snapshot's key, which ends
 * with a slash where the snapshot is in parts.
 *
 * @param source what the next run's source is compared with
 */
public record Completion(
    long processed,
    long inserted,
    long updated,
    long deleted,
    long totalRows,
    long fileSizeBytes,
    String snapshotPath,
    JsonNode details,
    LastSource source) {}
