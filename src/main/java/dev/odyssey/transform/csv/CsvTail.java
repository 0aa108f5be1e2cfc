package dev.odyssey.transform.csv;

import dev.odyssey.transform.text.CellKind;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Tells whether a CSV file ends with notes that are filled up to its table's width, as the World
 * Bank and spreadsheets write them: they are rows like the others. Stateless.
 */
final class CsvTail {
  private static final int BYTES = 1 << 13;
  private static final int MAX_NOTES = 10;
  private static final int MIN_WIDTH = 3;

  private CsvTail() {}

  /** A sentence where it does. */
  static Optional<String> doubt(Path file, CsvLayout layout) throws IOException {
    if (layout.fields() < MIN_WIDTH) {
      return Optional.empty();
    }
    List<CsvSample.Row> rows = CsvSample.of(end(file), layout.dialect(), 0, true).rows();
    int notes = 0;
    while (notes < rows.size() && isNote(rows.get(rows.size() - 1 - notes), layout.fields())) {
      notes++;
    }
    int gap = rows.size() - 1 - notes;
    boolean apart = gap >= 0 && rows.get(gap).filled() == 0;
    return apart && notes > 0 && notes <= MAX_NOTES
        ? Optional.of(
            "The last rows of the file, %,d below a row of nothing, have a text in their first column alone; they look like notes and are taken as rows."
                .formatted(notes))
        : Optional.empty();
  }

  private static boolean isNote(CsvSample.Row row, int width) {
    String text = row.cells().get(0).strip();
    return row.cells().size() == width
        && row.filled() == 1
        && text.contains(" ")
        && !CellKind.of(text).isValue();
  }

  /** From the beginning of a line. */
  private static byte[] end(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "r")) {
      long from = Math.max(0, bytes.length() - BYTES);
      byte[] end = new byte[(int) (bytes.length() - from)];
      bytes.seek(from);
      bytes.readFully(end);
      int line = 0;
      while (from > 0 && line < end.length && end[line] != '\n' && end[line] != '\r') {
        line++;
      }
      return from == 0 ? end : Arrays.copyOfRange(end, Math.min(line + 1, end.length), end.length);
    }
  }
}
