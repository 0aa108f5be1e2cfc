package dev.odyssey.sandbox;

/**
 * What a run over a sample must count; {@code processed = inserted + updated + unchanged}, since no
 * sample row is rejected.
 *
 * @param badValues values that do not fit their type and become NULL
 * @param total live rows in the snapshot
 */
public record Counts(
    long processed,
    long inserted,
    long updated,
    long unchanged,
    long deleted,
    long badValues,
    long total) {}
