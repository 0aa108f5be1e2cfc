package dev.odyssey.transform.csv;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.text.LineEnds;
import dev.odyssey.transform.text.Names;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Decides a CSV file's dialect and layout from its config and beginning; types are never decided
 * here. Not the engine's sniffer: that takes the quote for absent when the sample has none, falls
 * back to one column when a few rows are broken, and knows four delimiters.
 */
public final class CsvDetector {
  private static final int SAMPLE = 1 << 18;
  private static final int MAX_COLUMNS = 10_000;
  private static final Pattern EXCEL_SEPARATOR =
      Pattern.compile("\ufeff?\"?[sS][eE][pP]=([^\"])\"?[,;\t ]*");

  private static final Pattern RECORD_END = Pattern.compile("\u001e(\r\n|\n)?");

  /** In a file of one column every printable sign may be one of its values. */
  private static final String NO_DELIMITER = "\u001f";

  private final CsvOptions options;
  private final Collection<String> wanted;

  /**
   * @param wanted the column names that mappings ask for: a row that has them is the header
   */
  public CsvDetector(CsvOptions options, Collection<String> wanted) {
    this.options = options;
    this.wanted = wanted;
  }

  /**
   * @param head of a file, as {@link #head} gives it
   */
  CsvLayout detect(byte[] head) throws IOException {
    boolean whole = head.length < SAMPLE;
    byte[] sample = whole ? head : Arrays.copyOf(head, wholeCharacters(head));
    Optional<String> separator = options.skip() > 0 ? Optional.empty() : excelSeparator(sample);
    CsvOptions known = separator.map(options::orDelimiter).orElseGet(() -> separated(sample));
    long skip = separator.isPresent() ? 1 : options.skip();
    CsvDialect dialect = new CsvDialects(known, wanted, skip, sample, whole).best();
    CsvSample rows = CsvSample.of(sample, dialect, skip, whole);
    if (known.delimiter().isEmpty() && isOneColumn(dialect, rows)) {
      CsvOptions uncut = known.orDelimiter(NO_DELIMITER);
      dialect = new CsvDialects(uncut, wanted, skip, sample, whole).best();
      rows = CsvSample.of(sample, dialect, skip, whole);
    }
    if (known.delimiter().isEmpty()
        && dialect.delimiter().equals(" ")
        && rows.widths().size() > 1) {
      CsvDialect runs = dialect.withDelimiter(CsvDialect.BLANKS);
      CsvSample aligned = CsvSample.of(sample, runs, skip, whole);
      if (aligned.widths().size() == 1 && aligned.broken().isEmpty()) { // of more than was scored
        dialect = runs;
        rows = aligned;
      }
    }
    if ((dialect.delimiter().equals("|") || dialect.isDrawn()) && rows.isFramed()) {
      dialect = dialect.withFrame().withTrim(options.trim().orElse(true));
      rows = CsvSample.of(sample, dialect, skip, whole);
    }
    if (options.trim().isEmpty() && !dialect.isBlank() && rows.isPadded()) {
      dialect = dialect.withTrim(true);
      rows = CsvSample.of(sample, dialect, skip, whole);
    }
    requireNewLine(sample);
    if (whole && options.headerRows().orElse(0) > Math.max(1, rows.rows().size())) {
      throw fault(
          "config.csv.headerRows is %,d, but the source file has %,d rows"
              .formatted(options.headerRows().get(), rows.rows().size()),
          "Correct headerRows in the data source's config, then redrive the job.");
    }
    if (rows.isEmpty()) {
      throw fault("the source file has no rows", "Upload a file with data, then redrive the job.");
    }
    rows = CsvNotes.withoutSign(rows, dialect);
    if (dialect.isAligned()) {
      rows = CsvCorner.named(rows, sample);
    }
    rows = CsvWrappedHeader.joined(new CsvMendedHeader(rows, dialect).mended());
    CsvLayout layout =
        new CsvHeader(options, wanted, rows, dialect.delimiter()).layout(dialect, sample);
    if (layout.columns().size() > MAX_COLUMNS) {
      throw fault(
          "the source file has more than %,d columns".formatted(MAX_COLUMNS),
          "Tell its delimiter and quote in the data source's config, then redrive the job.");
    }
    return layout;
  }

  private boolean isOneColumn(CsvDialect dialect, CsvSample rows) {
    return rows.isOneColumn()
        || isDecimals(dialect, rows)
        || (options.columns().size() < 2
            && CsvOneColumn.isCut(dialect, rows, options.mayHaveHeader()));
  }

  private boolean isDecimals(CsvDialect dialect, CsvSample rows) {
    return options.decimalComma() && dialect.delimiter().equals(",") && rows.isDecimals();
  }

  /** ASCII has signs that separate fields and records, and a line end may follow the latter. */
  private CsvOptions separated(byte[] sample) {
    String text = new String(sample, StandardCharsets.ISO_8859_1); // the quickest; they are ASCII
    boolean told = !options.newLine().isEmpty() || options.delimiter().isPresent();
    Matcher end = RECORD_END.matcher(text);
    return !told && text.contains(NO_DELIMITER) && end.find()
        ? options.withSeparators(NO_DELIMITER, end.group())
        : options;
  }

  /** By a wrong one all lines would be the header, and the sync would keep no row. */
  private void requireNewLine(byte[] sample) {
    if (options.newLine().isEmpty()) {
      return;
    }
    LineEnds ends = LineEnds.of(sample, 0);
    String text = new String(sample, StandardCharsets.UTF_8);
    if (ends.lines() > 1 && !text.contains(options.newLine())) {
      throw fault(
          "config.csv.newline is nowhere in the source file, which has other line ends",
          "Correct newline in the data source's config, or leave it out, then redrive the job.");
    }
  }

  public static byte[] head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(SAMPLE);
    }
  }

  /** What Excel's line {@code sep=;} before the table says. */
  private static Optional<String> excelSeparator(byte[] sample) {
    return new String(sample, 0, Math.min(sample.length, 64), StandardCharsets.UTF_8)
        .lines()
        .findFirst()
        .map(EXCEL_SEPARATOR::matcher)
        .filter(Matcher::matches)
        .map(line -> line.group(1));
  }

  private static int wholeCharacters(byte[] head) {
    int end = head.length;
    while (end > 0 && (head[end - 1] & 0x80) != 0) {
      end--;
    }
    return end == 0 ? head.length : end;
  }

  private PermanentFailure fault(String what, String advice) {
    return new PermanentFailure(
        "Stream %s: %s.".formatted(Names.shown(options.stream()), what), advice);
  }
}
