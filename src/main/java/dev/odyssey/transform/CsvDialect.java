package dev.odyssey.transform;

/**
 * How a CSV file's records and fields are told apart. Immutable.
 *
 * @param delimiter one or more characters
 * @param quote one ASCII character; empty for none
 * @param escape one ASCII character, the quote itself where it is doubled; empty for none
 * @param comment what a line begins with that is no record; empty for none
 * @param newLine what ends a record; empty for any of LF, CR LF and CR, also mixed
 * @param trim true when the blanks around an unquoted field are not part of it
 */
record CsvDialect(
    String delimiter, String quote, String escape, String comment, String newLine, boolean trim) {

  CsvDialect withTrim(boolean trimmed) {
    return new CsvDialect(delimiter, quote, escape, comment, newLine, trimmed);
  }

  boolean doublesQuotes() {
    return escape.equals(quote);
  }
}
