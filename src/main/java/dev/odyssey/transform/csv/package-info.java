/**
 * How a CSV file is written: dialect, preamble, header, rows, and the lines that the engine cannot
 * read as they are. {@code CsvDetector} looks at a file's beginning, {@code CsvText} at all of it;
 * docs/csv.md.
 */
package dev.odyssey.transform.csv;
