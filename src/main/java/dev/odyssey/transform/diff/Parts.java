package dev.odyssey.transform.diff;

import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a snapshot that is larger than an object may be: into a directory of files {@code
 * part-0001.parquet} and so on, in the order of the rows. Stateless.
 */
final class Parts {
  /** A listing of the store tells 1,000 objects at once; rather larger parts than more. */
  private static final int MAX_PARTS = 900;

  private final Engine engine;
  private final Snapshot snapshot;
  private final long maxBytes;

  Parts(Engine engine, Snapshot snapshot, long maxBytes) {
    this.engine = engine;
    this.snapshot = snapshot;
    this.maxBytes = maxBytes;
  }

  /**
   * @param rows how many the file has
   * @return the file itself where it is small enough, else the directory that took its place
   */
  Path cut(Path file, long rows) throws SQLException, IOException {
    long bytes = Files.size(file);
    if (bytes <= maxBytes || rows == 0) { // a prefix without an object would be no snapshot
      return file;
    }
    Path directory = Files.createDirectories(file.resolveSibling("snapshot"));
    // a tenth to spare, and less where rows are uneven
    long least = Math.max(1, rows / MAX_PARTS + 1);
    long rowsPerPart = Math.max(least, (long) (rows * 0.9 * maxBytes / bytes));
    while (write(file, rows, rowsPerPart, directory) > maxBytes && rowsPerPart > least) {
      rowsPerPart = Math.max(least, (rowsPerPart + 1) / 2);
    }
    Files.delete(file);
    return directory;
  }

  /** The size of the largest part. */
  private long write(Path file, long rows, long rowsPerPart, Path directory)
      throws SQLException, IOException {
    List<Path> parts = new ArrayList<>();
    for (long row = 0; row < rows; row += rowsPerPart) {
      Path part = directory.resolve("part-%04d.parquet".formatted(parts.size() + 1));
      String select =
          "SELECT * FROM %s%nWHERE file_row_number >= %d AND file_row_number < %d"
              .formatted(Sql.parquet(file), row, row + rowsPerPart);
      engine.write("-- A part of it.\n" + snapshot.copy(select, part));
      parts.add(part);
    }
    return parts.stream().mapToLong(Parts::size).max().orElse(0);
  }

  private static long size(Path part) {
    try {
      return Files.size(part);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
