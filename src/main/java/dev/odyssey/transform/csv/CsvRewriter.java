package dev.odyssey.transform.csv;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes a CSV file anew that the engine's reader cannot take as it is, streaming: clean UTF-8 with
 * commas, double quotes and LF, without header, each row's line in a last field of its own; and the
 * records that cannot be taken into a second file, with the same signs and the columns line,
 * byte_offset, raw, reason. Used once.
 */
public final class CsvRewriter implements Closeable {
  public static final String TOO_FEW = "The row has fewer fields than there are columns.";
  static final String TOO_MANY = "The row has more fields than there are columns.";
  static final String SPANNED =
      "A quote within a field is closed at the end of the next: a delimiter may be missing.";
  static final String COUNTED = "The line tells how many rows there are.";
  static final String NOT_UTF8 = "The row has bytes that are not valid in the file's encoding.";

  private static final byte[] NOTHING = {',', '\n'};

  static final String HEADER = "The row repeats the header.";

  private final CsvOptions options;
  private final CsvLayout layout;
  private final boolean checksEncoding;
  private final int width;
  private final OutputStream clean;
  private final OutputStream rejects;
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(1 << 12);
  private long rejected;
  private long replaced;
  private int longest;
  private int blanks;

  /**
   * @param longest bytes of the longest clean record
   * @param rejected records in the second file
   * @param replaced records that were kept with replaced bytes
   */
  public record Result(int longest, long rejected, long replaced) {}

  private CsvRewriter(
      CsvOptions options, CsvLayout layout, boolean checksEncoding, Path clean, Path rejects)
      throws IOException {
    this.options = options;
    this.layout = layout;
    this.checksEncoding = checksEncoding;
    this.width = layout.columns().size();
    this.clean = new BufferedOutputStream(Files.newOutputStream(clean), 1 << 16);
    this.rejects = new BufferedOutputStream(Files.newOutputStream(rejects), 1 << 16);
  }

  /**
   * @param checksEncoding false where all bytes are known to be UTF-8
   */
  public static Result rewrite(
      Path source, CsvLayout layout, CsvOptions options, boolean checksEncoding)
      throws IOException {
    try (CsvRewriter rewriter =
            new CsvRewriter(
                options, layout, checksEncoding, cleanFile(source), rejectsFile(source));
        CsvRecords records = new CsvRecords(Files.newInputStream(source), layout.dialect())) {
      return rewriter.rewrite(records);
    }
  }

  public static Path cleanFile(Path source) {
    return source.resolveSibling(source.getFileName() + ".clean.csv");
  }

  public static Path rejectsFile(Path source) {
    return source.resolveSibling(source.getFileName() + ".rejects.csv");
  }

  private Result rewrite(CsvRecords records) throws IOException {
    records.skipLines(layout.linesBefore());
    while (records.next()) {
      if (records.fault() != null) {
        reject(records, records.fault());
      } else if (equals(records.fields(), layout.rule())) { // on each page of a report
        blanks = 0;
      } else if (records.isBlank()) {
        blanks++;
      } else {
        take(records);
        blanks = 0;
      }
    }
    return new Result(longest, rejected, replaced);
  }

  private void take(CsvRecords records) throws IOException {
    CsvFields fields = records.fields();
    if (fields.size() > width && !isTrailing(fields) && (!options.cutLong() || fields.isOdd())) {
      reject(records, TOO_MANY);
    } else if (isShort(fields) && (!options.padShort() || fields.isOdd())) {
      reject(records, TOO_FEW);
    } else if (width > 1 && equals(fields, layout.header())) {
      reject(records, HEADER);
    } else if (layout.dialect().quote().equals("\"") && CsvStrays.areIn(fields)) {
      reject(records, SPANNED);
    } else if (width == 1 && !layout.rule().isEmpty() && isCount(fields.text(0))) {
      reject(records, COUNTED);
    } else if (!checksEncoding || isUtf8(fields)) {
      write(fields, records.line());
    } else if (options.replaceInvalid()) {
      replaced++;
      write(fields, records.line());
    } else {
      reject(records, NOT_UTF8);
    }
  }

  /** Empty fields too many are a habit of the file, else the row may be cut at a wrong place. */
  private boolean isTrailing(CsvFields fields) {
    if (fields.size() > layout.fields()) {
      return false;
    }
    for (int i = width; i < fields.size(); i++) {
      if (!fields.isEmpty(i)) {
        return false;
      }
    }
    return fields.size() == layout.fields() || !fields.isEmpty(width - 1);
  }

  /** Where rows end with empty fields, one without these is whole only if it ends with a value. */
  private boolean isShort(CsvFields fields) {
    return fields.size() < width
        || (fields.size() == width && layout.trailing() > 0 && fields.isEmpty(width - 1));
  }

  private static boolean equals(CsvFields fields, List<String> texts) {
    if (texts.isEmpty() || fields.size() != texts.size()) {
      return false;
    }
    for (int i = 0; i < fields.size(); i++) {
      String text = fields.text(i);
      boolean marked = i == 0 && text.startsWith("\ufeff");
      if (!(marked ? text.substring(1) : text).equals(texts.get(i))) {
        return false;
      }
    }
    return true;
  }

  /** As psql writes below its tables. */
  static boolean isCount(String line) {
    return line.matches("\\(\\d+ \\p{L}+\\)");
  }

  private static boolean isUtf8(CsvFields fields) {
    try {
      StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(fields.content(), 0, fields.end(fields.size() - 1)));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  /**
   * In a single column a blank line between others is a value that is missing.
   *
   * @param number of the physical line, from 1
   */
  private void write(CsvFields fields, long number) throws IOException {
    for (int i = 0; width == 1 && i < blanks; i++) {
      clean.write(NOTHING);
    }
    line.reset();
    for (int i = 0; i < width; i++) {
      if (i < fields.size()) {
        field(fields, i);
      }
      line.write(',');
    }
    line.writeBytes(Long.toString(number).getBytes(StandardCharsets.US_ASCII));
    line.write('\n');
    line.writeTo(clean);
    longest = Math.max(longest, line.size());
  }

  private void field(CsvFields fields, int field) {
    if (checksEncoding) {
      byte[] bytes = fields.text(field).getBytes(StandardCharsets.UTF_8);
      field(bytes, 0, bytes.length, fields.isQuoted(field));
    } else {
      field(fields.content(), fields.start(field), fields.end(field), fields.isQuoted(field));
    }
  }

  /** NUL bytes are left out. */
  private void field(byte[] bytes, int from, int to, boolean wasQuoted) {
    boolean quoted = wasQuoted || needsQuotes(bytes, from, to);
    if (quoted) {
      line.write('"');
    }
    int done = from;
    for (int i = from; i < to; i++) {
      if (bytes[i] == '"' || bytes[i] == 0) {
        line.write(bytes, done, i - done);
        done = bytes[i] == 0 ? i + 1 : i;
        if (bytes[i] == '"') {
          line.write('"');
        }
      }
    }
    line.write(bytes, done, to - done);
    if (quoted) {
      line.write('"');
    }
  }

  private static boolean needsQuotes(byte[] bytes, int from, int to) {
    for (int i = from; i < to; i++) {
      byte b = bytes[i];
      if (b == ',' || b == '"' || b == '\n' || b == '\r') {
        return true;
      }
    }
    return false;
  }

  private void reject(CsvRecords records, String reason) throws IOException {
    rejected++;
    line.reset();
    line.writeBytes(
        (records.line() + "," + records.offset() + ",").getBytes(StandardCharsets.UTF_8));
    byte[] raw = new String(records.raw(), StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_8);
    field(raw, 0, raw.length, true);
    line.writeBytes((",\"" + reason + "\"\n").getBytes(StandardCharsets.UTF_8));
    line.writeTo(rejects);
  }

  @Override
  public void close() throws IOException {
    try (clean;
        rejects) {
      clean.flush();
      rejects.flush();
    }
  }
}
