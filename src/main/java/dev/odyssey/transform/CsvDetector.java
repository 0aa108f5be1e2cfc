package dev.odyssey.transform;

import dev.odyssey.failure.PermanentFailure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;

/**
 * Decides a CSV file's dialect and layout from its config and beginning; types are never decided
 * here. Not the engine's sniffer: that takes the quote for absent when the sample has none, falls
 * back to one column when a few rows are broken, and knows four delimiters.
 */
final class CsvDetector {
  private static final int SAMPLE = 1 << 18;
  private static final int MAX_COLUMNS = 10_000;

  private final CsvOptions options;
  private final Collection<String> wanted;

  /**
   * @param wanted the column names that mappings ask for: a row that has them is the header
   */
  CsvDetector(CsvOptions options, Collection<String> wanted) {
    this.options = options;
    this.wanted = wanted;
  }

  /**
   * @param head of a file, as {@link #head} gives it
   */
  CsvLayout detect(byte[] head) throws IOException {
    boolean whole = head.length < SAMPLE;
    byte[] sample = whole ? head : Arrays.copyOf(head, wholeCharacters(head));
    CsvDialect dialect = new CsvDialects(options, wanted, sample, whole).best();
    CsvSample rows = CsvSample.of(sample, dialect, options.skip(), whole);
    if (options.trim().isEmpty() && !dialect.delimiter().isBlank() && rows.isPadded()) {
      dialect = dialect.withTrim(true);
      rows = CsvSample.of(sample, dialect, options.skip(), whole);
    }
    if (rows.rows().isEmpty()) {
      throw fault("the source file has no rows", "Upload a file with data, then redrive the job.");
    }
    CsvLayout layout = new CsvHeader(options, wanted, rows).layout(dialect, sample);
    if (layout.columns().size() > MAX_COLUMNS) {
      throw fault(
          "the source file has more than %,d columns".formatted(MAX_COLUMNS),
          "Tell its delimiter and quote in the data source's config, then redrive the job.");
    }
    return layout;
  }

  static byte[] head(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(SAMPLE);
    }
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
