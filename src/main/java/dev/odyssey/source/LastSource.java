package dev.odyssey.source;

/**
 * What a completed run read, as {@code odyssey.sources} remembers it.
 *
 * @param etag null where storage gave none
 * @param definitionHash of the definition that it was read by
 * @param snapshotPath what was made of it
 */
public record LastSource(
    String etag,
    String sha256,
    String definitionHash,
    String snapshotPath,
    long totalRows,
    long fileSizeBytes) {}
