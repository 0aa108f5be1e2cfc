package dev.odyssey.transform;

import java.util.List;

/**
 * How a CSV file is written. Immutable.
 *
 * @param quote empty for none
 * @param columns the header's names, made distinct; numbered where there is no header
 * @param skip lines before the header
 */
record CsvDialect(
    String delimiter,
    String quote,
    String escape,
    String comment,
    int skip,
    boolean header,
    String newLine,
    List<String> columns) {}
