package dev.odyssey.transform.rows;

import dev.odyssey.transform.csv.CsvText;
import dev.odyssey.transform.file.Piece;
import dev.odyssey.transform.source.Rejects;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A source file that the engine can read as it is: not compressed, and where it is text, UTF-8.
 *
 * @param path inside the job's directory
 * @param name as its owner calls it; null for {@link Format#ROWS}, which may be of several
 * @param fields the columns of {@link Format#ROWS}; empty for the others, which tell them
 *     themselves
 * @param rows of {@link Format#ROWS}; of {@link Format#CSV} about, by the file's beginning; 0 for
 *     {@link Format#PARQUET}
 * @param longestRow of {@link Format#ROWS}, in bytes; 0 where all are short
 * @param namesFiles whether each row of {@link Format#ROWS} has the name of its file
 * @param text of {@link Format#CSV}; null for the others
 * @param rejects rows of {@link Format#ROWS} that could not be taken, for {@link Rejects}; null for
 *     none
 * @param isEmptyList whether {@link Format#ROWS} are those of lists without any, which name no
 *     columns
 * @param doubt what of {@link Format#ROWS} could be read in two ways; null for nothing
 */
public record SourceFile(
    Path path,
    String name,
    Format format,
    CsvText text,
    List<Field> fields,
    long rows,
    long longestRow,
    boolean namesFiles,
    Path rejects,
    boolean isEmptyList,
    String doubt) {
  public enum Format {
    CSV,
    /** What {@link RowsWriter} wrote of a format that the engine cannot read as it is. */
    ROWS,
    PARQUET
  }

  public static SourceFile parquet(Piece piece) {
    return new SourceFile(
        piece.path(),
        piece.name(),
        Format.PARQUET,
        null,
        List.of(),
        0,
        0,
        false,
        null,
        false,
        null);
  }

  public static SourceFile csv(CsvText text, String name) {
    return new SourceFile(
        text.path(), name, Format.CSV, text, List.of(), text.rows(), 0, false, null, false, null);
  }

  /** About; 0 where the engine itself can tell while it reads them. */
  public static long rows(List<SourceFile> files) {
    boolean isTold = files.stream().anyMatch(file -> file.format() == Format.PARQUET);
    return isTold ? 0 : files.stream().mapToLong(SourceFile::rows).sum();
  }

  public static long bytes(List<SourceFile> files) throws IOException {
    long bytes = 0;
    for (SourceFile file : files) {
      bytes += Files.size(file.path());
    }
    return bytes;
  }
}
