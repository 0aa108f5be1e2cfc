package dev.odyssey.transform.csv;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Tells whether the engine skips the lines before a CSV file's data as we count them: it takes a
 * quote that is not closed on its line, or is followed by text, for the beginning of a record of
 * many lines, and then passes over rows in silence; so it does after a byte-order mark, where the
 * first name is in quotes and holds a delimiter. Stateless.
 */
final class CsvHead {
  private CsvHead() {}

  /**
   * @param head the file's beginning, which holds all these lines
   */
  static boolean isPlain(byte[] head, long lines, CsvDialect dialect) {
    if (dialect.quote().isEmpty()) {
      return true;
    }
    InputStream bytes = new ByteArrayInputStream(head);
    var reader = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8));
    for (String line : (Iterable<String>) reader.lines().limit(lines)::iterator) {
      boolean marked = line.startsWith("\ufeff");
      if (!isWellQuoted(marked ? line.substring(1) : line, dialect)
          || (marked && line.startsWith(dialect.quote(), 1) && !endsFirst(line, dialect))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isWellQuoted(String line, CsvDialect dialect) {
    String quote = dialect.quote();
    int at = 0;
    while (at < line.length()) {
      boolean quoted = line.startsWith(quote, at);
      int from = quoted ? pastQuotes(line, at, quote) : at;
      int cut = from < 0 ? -1 : line.indexOf(dialect.delimiter(), from);
      int end = cut < 0 ? line.length() : cut;
      if (from < 0 || (quoted ? end != from : line.substring(at, end).contains(quote))) {
        return false;
      }
      at = end + dialect.delimiter().length();
    }
    return true;
  }

  /** True when the first delimiter after the mark ends the quoted field that begins there. */
  private static boolean endsFirst(String line, CsvDialect dialect) {
    int delimiter = line.indexOf(dialect.delimiter());
    return delimiter < 0 || delimiter == pastQuotes(line, 1, dialect.quote());
  }

  /** Behind the closing quote; -1 where there is none. */
  private static int pastQuotes(String line, int open, String quote) {
    int close = line.indexOf(quote, open + 1);
    while (close >= 0 && line.startsWith(quote, close + 1)) {
      close = line.indexOf(quote, close + 2);
    }
    return close < 0 ? -1 : close + 1;
  }
}
