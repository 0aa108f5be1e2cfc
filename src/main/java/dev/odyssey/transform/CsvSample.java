package dev.odyssey.transform;

import java.util.ArrayList;
import java.util.List;

/** The records at a file's beginning as one dialect reads them; a cut last record is left out. */
final class CsvSample {
  private final String text;
  private final String delimiter;
  private final String quote;
  private final String escape;
  private final List<List<String>> records = new ArrayList<>();
  private List<String> record = new ArrayList<>();
  private final StringBuilder field = new StringBuilder();
  private boolean quoted;
  private boolean touched;

  private CsvSample(String text, String delimiter, String quote, String escape) {
    this.text = text;
    this.delimiter = delimiter;
    this.quote = quote;
    this.escape = escape;
  }

  static List<List<String>> records(
      String text, String delimiter, String quote, String escape, boolean whole) {
    return new CsvSample(text, delimiter, quote, escape).read(whole);
  }

  private List<List<String>> read(boolean whole) {
    int at = 0;
    while (at < text.length()) {
      at = quoted ? readQuoted(at) : readPlain(at);
    }
    if (whole && (touched || field.length() > 0 || !record.isEmpty())) {
      endRecord();
    }
    return records;
  }

  private int readQuoted(int at) {
    boolean escaped = !escape.isEmpty() && text.startsWith(escape + quote, at);
    if (escaped) {
      field.append(quote);
      return at + escape.length() + quote.length();
    }
    if (text.startsWith(quote, at)) {
      quoted = false;
      return at + quote.length();
    }
    field.append(text.charAt(at));
    return at + 1;
  }

  private int readPlain(int at) {
    if (text.startsWith(delimiter, at)) {
      endField();
      return at + delimiter.length();
    }
    char c = text.charAt(at);
    if (c == '\n' || c == '\r') {
      if (touched || field.length() > 0 || !record.isEmpty()) {
        endRecord();
      }
      return at + 1;
    }
    if (!quote.isEmpty() && field.length() == 0 && text.startsWith(quote, at)) {
      quoted = true;
      touched = true;
      return at + quote.length();
    }
    field.append(c);
    return at + 1;
  }

  private void endField() {
    record.add(field.toString());
    field.setLength(0);
    touched = false;
  }

  private void endRecord() {
    endField();
    records.add(record);
    record = new ArrayList<>();
  }
}
