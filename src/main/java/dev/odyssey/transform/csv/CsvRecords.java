package dev.odyssey.transform.csv;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;

/**
 * Reads a UTF-8 CSV file record by record, also where it is broken: a quote in the middle of a
 * field is a character; a record whose quote never closes is given up after its first line. Knows
 * of each record its physical line, its byte and its raw text, which no library at hand gives for
 * broken ones. Memory is bounded by {@link #MAX_RECORD}. Not thread-safe.
 */
public final class CsvRecords implements Closeable {
  static final int MAX_RECORD = 16 << 20;
  static final String UNCLOSED = "A quote is never closed.";
  static final String BROKEN = "Text follows a closing quote.";
  static final String TOO_LONG = "The record is longer than 16 MiB.";

  /** Far more than a file may have columns: what is read of a record takes memory by the field. */
  private static final int MAX_FIELDS = 1 << 17;

  private final CsvBuffer in;
  private final CsvDialect dialect;
  private final byte[] delimiter;
  private final boolean aligned;
  private final byte[] newLine;
  private final byte[] comment;
  private final int quote;
  private final int escape;
  private final boolean[] stops = new boolean[256];
  private final boolean[] quotedStops = new boolean[256];
  private final CsvFields fields = new CsvFields();
  private String fault;
  private int strays;
  private long openedOn;
  private long unclosedUpTo;
  private boolean endsFile;

  public CsvRecords(InputStream in, CsvDialect dialect) {
    this.dialect = dialect;
    this.aligned = dialect.isAligned();
    this.delimiter = (aligned ? " " : dialect.delimiter()).getBytes(StandardCharsets.UTF_8);
    this.newLine = dialect.newLine().getBytes(StandardCharsets.UTF_8);
    this.in = new CsvBuffer(in, newLine);
    this.comment = dialect.comment().getBytes(StandardCharsets.UTF_8);
    this.quote = dialect.quote().isEmpty() ? -1 : dialect.quote().charAt(0);
    this.escape =
        dialect.escape().isEmpty() || dialect.doublesQuotes() ? -1 : dialect.escape().charAt(0);
    for (int b = 0; b < 256; b++) {
      boolean ends = b == '\n' || b == '\r' || dialect.newLine().indexOf(b) >= 0;
      stops[b] = ends || b == escape || b == (delimiter[0] & 0xff) || (aligned && b == '\t');
      quotedStops[b] = ends || b == escape || b == quote;
    }
  }

  /** Before the first record; lines are counted on. */
  void skipLines(long lines) throws IOException {
    for (long i = 0; i < lines; i++) {
      in.mark();
      in.skipLine();
    }
  }

  /** Moves to the next record that is no comment; false at the end of the file. */
  public boolean next() throws IOException {
    in.mark();
    while (comment.length > 0 && in.startsWith(comment)) {
      in.skipLine();
      in.mark();
    }
    fields.clear();
    fault = null;
    endsFile = false;
    if (in.peek() < 0) {
      return false;
    }
    passBlanks();
    boolean more = true;
    while (more && fault == null) {
      more = readField();
      requireLength();
    }
    if (dialect.framed()) {
      fields.unframe();
    }
    if (fault != null) {
      if (fault.equals(UNCLOSED)) {
        unclosedUpTo = in.offset();
      }
      in.reset();
      in.skipLine();
    }
    return true;
  }

  /** The physical line on which the record begins, from 1. */
  public long line() {
    return in.markedLine();
  }

  /** The physical line after the record, also where the file ends without a line end. */
  long nextLine() {
    return in.line() + (endsFile ? 1 : 0);
  }

  /** The record's first byte in the file, from 0. */
  public long offset() {
    return in.markedOffset();
  }

  /** What is wrong with the record, which then has no fields; null where nothing is. */
  public String fault() {
    return fault;
  }

  /** Of the record; they change with the next one. */
  public CsvFields fields() {
    return fields;
  }

  /**
   * True for a line of nothing but blanks, NULs and the sign by which DOS ends a file; and of what
   * frames a table, where that cuts its rows, too.
   */
  public boolean isBlank() {
    return fault == null
        && fields.size() == 1
        && !fields.isQuoted(0)
        && fields
            .text(0)
            .chars()
            .allMatch(
                c ->
                    c == 0
                        || c == 0x1a
                        || Character.isWhitespace(c)
                        || (dialect.isDrawn() && isFrame(c)));
  }

  /** Lines, corners and crosses. */
  static boolean isFrame(int c) {
    return c >= 0x2500 && c < 0x2580;
  }

  /** As it stands in the file, without its line end; cut when long. */
  byte[] raw() {
    return in.marked();
  }

  /** True when a delimiter ended it. */
  private boolean readField() throws IOException {
    if (quote >= 0 && in.skipBlanksTo(quote, delimiter[0])) {
      return readQuoted();
    }
    while (fault == null) {
      in.copyPlain(stops, fields);
      int b = in.peek();
      if (b < 0 || delimits(b, 0) || endsRecord(b)) {
        return endField(false);
      }
      fields.append(b == escape ? unescape(b) : b);
      in.advance();
      requireLength();
    }
    return false;
  }

  private boolean readQuoted() throws IOException {
    strays = 0;
    openedOn = in.line();
    while (fault == null) {
      in.copyPlain(quotedStops, fields);
      int b = in.peek();
      if (b < 0 || in.markedLength() > MAX_RECORD) {
        fault = UNCLOSED;
      } else if (b != quote) {
        readInside(b);
      } else if (passQuote()) {
        return endField(true);
      }
    }
    return false;
  }

  /**
   * True when it closes the field. Where quotes are not escaped, as in {@code "the "big" one"}, one
   * may close an inner pair and the next one the field.
   */
  private boolean passQuote() throws IOException {
    in.advance();
    boolean doubled = in.peek() == quote;
    if (doubled) {
      in.advance();
    }
    boolean innerPair = doubled && strays % 2 == 1;
    if ((!doubled || innerPair) && closes()) {
      if (innerPair) {
        fields.append(quote);
      }
      fault = strays > 0 && in.line() > openedOn ? BROKEN : null;
      if (strays > 0) {
        fields.markOdd();
      }
      return fault == null;
    }
    fields.append(quote);
    strays += doubled ? 0 : 1;
    return false;
  }

  private void readInside(int b) throws IOException {
    if (b == '\n' || b == '\r') {
      if (strays > 0 || in.offset() < unclosedUpTo) {
        fault = strays > 0 ? BROKEN : UNCLOSED;
        return;
      }
    }
    fields.append(b == escape ? unescape(b) : b);
    in.advance();
  }

  /** After a quote: blanks may stand between it and the field's end. */
  private boolean closes() throws IOException {
    int blanks = 0;
    for (int b = in.peek(blanks); b == ' ' || b == '\t'; b = in.peek(blanks)) {
      if (delimits(b, blanks) || in.markedLength() + blanks > MAX_RECORD) {
        break;
      }
      blanks++;
    }
    int b = in.peek(blanks);
    boolean closes =
        b < 0
            || delimits(b, blanks)
            || (newLine.length > 0 ? in.startsWith(newLine, blanks) : b == '\n' || b == '\r');
    if (closes) {
      in.advance(blanks);
    }
    return closes;
  }

  /** The escape is dropped only before what it protects: in C:\new it is a character. */
  private int unescape(int b) throws IOException {
    int next = in.peek(1);
    boolean protects = next == quote || next == escape || next == '\n' || delimits(next, 1);
    if (protects && next >= 0) {
      in.advance();
      return next;
    }
    return b;
  }

  private boolean delimits(int b, int ahead) throws IOException {
    return aligned
        ? b == ' ' || b == '\t'
        : b == (delimiter[0] & 0xff) && in.startsWith(delimiter, ahead);
  }

  /** Those that belong to a delimiter, or stand before the first field of an aligned record. */
  private void passBlanks() throws IOException {
    while (aligned && (in.peek() == ' ' || in.peek() == '\t') && in.markedLength() <= MAX_RECORD) {
      in.advance();
    }
  }

  private boolean endsRecord(int b) throws IOException {
    return newLine.length > 0 ? in.startsWith(newLine) : b == '\n' || b == '\r';
  }

  private boolean endField(boolean wasQuoted) throws IOException {
    if (dialect.trim() && !wasQuoted) {
      fields.trim();
    }
    boolean unwrapped = quote == '"' && fields.unwrap();
    fields.end(wasQuoted || unwrapped);
    if (in.peek() >= 0 && delimits(in.peek(), 0)) {
      in.advance(delimiter.length);
      passBlanks();
      if (!aligned || (in.peek() >= 0 && !endsRecord(in.peek()))) {
        return true;
      }
    }
    endsFile = in.peek() < 0;
    in.endRecord();
    return false;
  }

  private void requireLength() {
    if (fault == null && in.markedLength() > MAX_RECORD) {
      fault = TOO_LONG;
    } else if (fault == null && fields.size() > MAX_FIELDS) {
      fault = CsvRewriter.TOO_MANY;
    }
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
