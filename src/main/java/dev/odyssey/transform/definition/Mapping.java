package dev.odyssey.transform.definition;

/**
 * One column of the snapshot and where it comes from. Immutable.
 *
 * @param source the file's column or a path into nested fields; null when an expression says it all
 * @param target the snapshot's column
 * @param transform a DuckDB scalar expression over the file's columns; null for the plain column
 * @param type null where nothing names one
 */
public record Mapping(String source, String target, String transform, ColumnType type) {}
