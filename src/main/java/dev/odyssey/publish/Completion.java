package dev.odyssey.publish;

import com.fasterxml.jackson.databind.JsonNode;

/** What {@code odyssey.complete_run} records: the run's counts and its snapshot's key. */
public record Completion(
    long processed,
    long inserted,
    long updated,
    long deleted,
    long totalRows,
    long fileSizeBytes,
    String snapshotPath,
    JsonNode details) {}
