package dev.odyssey.transform.csv;

import dev.odyssey.transform.text.Names;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where a CSV file's data begins and what its columns are called. Immutable.
 *
 * @param columns the header's names, made distinct; numbered where there is no header
 * @param trailing empty fields at the end of each row that belong to no column
 * @param leftOut rows of several values before the header, which look like another table; else 0
 * @param second the physical line, from 1, of a row that looks like another table's header; else 0
 * @param moved the physical line of the names, where rows stand above them; else 0
 * @param header the last row of the header as it stands in the file; empty where there is none
 * @param bare lines above the header and no row below it
 * @param linesBefore physical lines before the first data record: preamble and header
 * @param rule the line drawn under the header, as it is cut; empty where there is none
 * @param lineEnd what ends most lines; empty where the engine cannot skip the lines before the data
 */
public record CsvLayout(
    CsvDialect dialect,
    List<String> columns,
    int trailing,
    int leftOut,
    long second,
    long moved,
    List<String> header,
    boolean bare,
    long linesBefore,
    List<String> rule,
    String lineEnd) {
  /** Bytes of the longest record that the engine takes unasked. */
  public static final int ENGINE_MAX_RECORD = 2_000_000;

  private static final Pattern SEPARATOR = Pattern.compile("[,;\t|]|  |/.*/");

  /** How many fields a sound row has. */
  int fields() {
    return columns.size() + trailing;
  }

  /** A sentence where the table or its header may be another than it looks. */
  public Optional<String> doubt() {
    if (leftOut > 0) {
      return Optional.of(
          "Rows before the table are left out, %,d with several values; they look like another table."
              .formatted(leftOut));
    }
    if (second > 0 && header.isEmpty()) {
      return Optional.of(
          "Line %,d looks like names of columns; it and the rows around it are taken as rows."
              .formatted(second));
    }
    if (second > 0) {
      return Optional.of(
          "Line %,d looks like the header of another table; it and the rows below it are taken as rows."
              .formatted(second));
    }
    if (moved > 0) {
      return Optional.of(
          "The names of the columns are in line %,d; the lines above it are taken as rows."
              .formatted(moved));
    }
    if (fields() == 1 && header.size() == 1 && SEPARATOR.matcher(header.get(0)).find()) {
      return Optional.of(
          "The file is read as one column, %s; where that is several, correct the source option delimiter."
              .formatted(Names.shown(header.get(0))));
    }
    if (bare) {
      return Optional.of(
          "Lines are above the names, %s, and no row is below them; where the first line has the names, correct the source option delimiter."
              .formatted(Names.shown(String.join(", ", header))));
    }
    if (header.isEmpty() || header.size() == fields()) {
      return Optional.empty();
    }
    return Optional.of(
        trailing > 0
            ? "Every row ends with an empty field that the header has no name for; it is left out."
            : "The header has %,d names but the rows have %,d fields; see that each name is over its own column."
                .formatted(header.size(), fields()));
  }

  /** For a person: {@code delimiter ";", quote "\"", data from line 2}. */
  public String shown() {
    if (columns.size() == 1) {
      return "one column, data from line " + (linesBefore + 1);
    }
    String quote = dialect.quote().isEmpty() ? "no quotes" : "quote " + dialect.quote();
    String escape =
        dialect.escape().isEmpty() || dialect.doublesQuotes() ? "" : ", escape " + dialect.escape();
    return "delimiter %s, %s%s, data from line %d"
        .formatted(
            Names.shown(dialect.delimiter().replace("\t", "\\t")), quote, escape, linesBefore + 1);
  }
}
