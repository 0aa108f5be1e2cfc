package dev.odyssey.transform;

import java.util.List;

/**
 * Where a CSV file's data begins and what its columns are called. Immutable.
 *
 * @param columns the header's names, made distinct; numbered where there is no header
 * @param linesBefore physical lines before the first data record: preamble and header
 * @param lineEnd what ends most lines; empty where the lines before the data end in several ways
 */
record CsvLayout(CsvDialect dialect, List<String> columns, long linesBefore, String lineEnd) {

  /** For a person: {@code delimiter ";", quote "\"", data from line 2}. */
  String shown() {
    String quote = dialect.quote().isEmpty() ? "no quotes" : "quote " + dialect.quote();
    String escape =
        dialect.escape().isEmpty() || dialect.doublesQuotes() ? "" : ", escape " + dialect.escape();
    return "delimiter %s, %s%s, data from line %d"
        .formatted(
            Names.shown(dialect.delimiter().replace("\t", "\\t")), quote, escape, linesBefore + 1);
  }
}
