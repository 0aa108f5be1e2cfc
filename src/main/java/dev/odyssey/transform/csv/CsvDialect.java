package dev.odyssey.transform.csv;

/**
 * How a CSV file's records and fields are told apart. Immutable.
 *
 * @param delimiter one or more characters, or {@link #BLANKS}
 * @param quote one ASCII character; empty for none
 * @param escape one ASCII character, the quote itself where it is doubled; empty for none
 * @param comment what a line begins with that is no record; empty for none
 * @param newLine what ends a record; empty for any of LF, CR LF and CR, also mixed
 * @param trim true when the blanks around an unquoted field are not part of it
 * @param framed true when a delimiter stands before the first and behind the last field, too
 */
public record CsvDialect(
    String delimiter,
    String quote,
    String escape,
    String comment,
    String newLine,
    boolean trim,
    boolean framed) {
  /** A run of blanks and tabs; those at a line's edges are no part of it. */
  static final String BLANKS = "\\s+";

  public CsvDialect(
      String delimiter, String quote, String escape, String comment, String newLine, boolean trim) {
    this(delimiter, quote, escape, comment, newLine, trim, false);
  }

  CsvDialect withDelimiter(String other) {
    return new CsvDialect(other, quote, escape, comment, newLine, trim, framed);
  }

  CsvDialect withTrim(boolean trimmed) {
    return new CsvDialect(delimiter, quote, escape, comment, newLine, trimmed, framed);
  }

  CsvDialect withFrame() {
    return new CsvDialect(delimiter, quote, escape, comment, newLine, trim, true);
  }

  public boolean isAligned() {
    return delimiter.equals(BLANKS);
  }

  /** True where words are fields of their own. */
  boolean isBlank() {
    return isAligned() || delimiter.equals(" ");
  }

  /** True where lines cut the fields that may frame the rows, too. */
  boolean isDrawn() {
    return delimiter.equals("│");
  }

  public boolean doublesQuotes() {
    return escape.equals(quote);
  }
}
