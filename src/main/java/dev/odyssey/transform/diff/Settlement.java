package dev.odyssey.transform.diff;

import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.EngineFailure;
import dev.odyssey.transform.engine.Sql;
import dev.odyssey.transform.snapshot.ParquetSizes;
import dev.odyssey.work.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.RowGroup;

/**
 * Finds what happened to every row of a file since the last snapshot, and puts that beside the
 * rows. Only four narrow columns of each row go through the join, so that rows of any width cost it
 * nothing and what does not fit into memory spills little. Not thread-safe; used once.
 */
final class Settlement {
  /** Footers above this are left to the engine: in this process they take ten times as much. */
  static final int MAX_FOOTER_BYTES = 8 << 20;

  private static final String OUTCOME =
      "operation AS \"$_operation\",\n  %s AS \"$_timestamp\",\n  \"$_last_updated\"\nFROM settled";

  private static final String WHAT = "What happened to each row.";
  private static final String SETTLED =
      "-- The same in the order of the rows.\nCREATE TEMP TABLE settled AS\nFROM compared\nORDER BY \"$_row\"";

  private static final String BY_HASH =
      "-- By a hash: each row once, where no two have one; and updates.\nSELECT count(*) AS rows, count_if(operation = 'UPDATE') AS updates\nFROM settled";

  private static final String PLACES =
      "-- Rows that have taken a place, and the places.\nSELECT coalesce(sum(\"$_count\"), 0) AS rows, coalesce(sum(bit_count(\"$_members\")), 0) AS places\nFROM taken_places";

  private final Engine engine;
  private final Snapshot snapshot;
  private final Copies copies;
  private final boolean furtherCopies;
  private final int maxFooterBytes;
  private Comparison comparison;
  private Slices slices;
  private boolean isOneToOne;

  /**
   * @param copies of rows without a key
   * @param furtherCopies as {@link Comparison#previousKeys}
   */
  Settlement(
      Engine engine,
      Comparison comparison,
      Slices slices,
      Copies copies,
      boolean furtherCopies,
      int maxFooterBytes) {
    this.engine = engine;
    this.snapshot = comparison.snapshot();
    this.comparison = comparison;
    this.slices = slices;
    this.copies = copies;
    this.furtherCopies = furtherCopies;
    this.maxFooterBytes = maxFooterBytes;
  }

  /**
   * Also leaves the table {@code taken_places}.
   *
   * @param rows the mapped columns and {@code $_ref}; the view {@code staged} reads it
   * @param read how many
   * @param settled gets the same rows in the same order with all system columns
   * @return what rows are matched by
   */
  Comparison write(Path rows, long read, Path settled) throws SQLException, IOException {
    compare();
    if (comparison.byHash() && isMismatched(read)) {
      engine.run("DROP TABLE settled");
      comparison = comparison.exact();
      slices = comparison.slices(engine, read);
      compare();
    }
    isOneToOne = takePlaces();
    if (!isOneToOne && !comparison.isByKey()) {
      copies.settleThoseNow();
      engine.run("DROP TABLE settled");
      settle();
      takePlaces();
    }
    if (Splice.Footer.length(rows) > maxFooterBytes) {
      engine.write(snapshot.copy(besideRows(rows), settled));
    } else {
      Path outcomes = Files.createDirectories(rows.resolveSibling("outcomes"));
      Splice.Footer footer = Splice.Footer.of(rows);
      Splice.columns(rows, footer, outcomes(footer, outcomes), settled);
      Folders.delete(outcomes);
    }
    engine.run("DROP TABLE settled");
    return comparison;
  }

  /** Whether no two rows have one key, as far as they have matched, once written. */
  boolean isOneToOne() {
    return isOneToOne;
  }

  /**
   * @return whether no two rows have taken one place
   */
  private boolean takePlaces() throws SQLException {
    engine.run(
        "-- The places in the last snapshot that they have taken.\nCREATE OR REPLACE TEMP TABLE taken_places AS\n"
            + comparison.takenPlaces());
    Map<String, Long> places = engine.counts(PLACES);
    return places.get("rows").equals(places.get("places"));
  }

  /**
   * Whether keys, or contents, that differ have one hash: a row is there twice then, or seems to be
   * an update. One that seems unchanged has the other hash of the other's content as well.
   */
  private boolean isMismatched(long read) throws SQLException {
    Map<String, Long> counts = engine.counts(BY_HASH);
    if (counts.get("rows") != read) {
      return true;
    }
    long updates = counts.get("updates");
    if (!comparison.isByKey()) {
      return updates > 0;
    }
    Slices parts = Slices.of(engine, updates, "VARCHAR");
    for (int i = 0; updates > 0 && i < parts.count(); i++) {
      updates -= engine.count("Those of them with the same key.", comparison.updates(parts, i));
    }
    return updates > 0;
  }

  /** In one go where it fits into memory, else the join first and the order at last. */
  private void compare() throws SQLException {
    engine.view(
        "previous_keys",
        "Of the last snapshot only what the join needs: whose row, what it held, since when, and where.",
        comparison.previousKeys(furtherCopies));
    if (slices.mayFit() && compareAtOnce()) {
      return;
    }
    for (int i = 0; i < slices.count(); i++) {
      String into =
          i == 0 ? "-- " + WHAT + "\nCREATE TEMP TABLE compared AS\n" : "INSERT INTO compared\n";
      engine.run(into + comparison.compared(slices, i));
    }
    settle();
  }

  /** Of a table {@code compared}, which goes. */
  private void settle() throws SQLException {
    engine.run(SETTLED);
    engine.run("DROP TABLE compared");
  }

  /**
   * @return false where the join and the order are too much together
   */
  private boolean compareAtOnce() throws SQLException {
    engine.view("compared", WHAT, comparison.compared(slices, 0));
    boolean fits = true;
    try {
      engine.run(SETTLED);
    } catch (SQLException e) {
      if (!EngineFailure.isMemoryLimit(e, snapshot.columns().size())) {
        throw e;
      }
      fits = false;
    }
    engine.run("DROP VIEW compared");
    return fits;
  }

  /** A file for each row group, which is where the engine ended one. */
  private List<Path> outcomes(Splice.Footer rows, Path directory) throws SQLException {
    List<Path> files = new ArrayList<>();
    long begin = 0;
    for (RowGroup group : rows.groups()) {
      files.add(outcome(begin, begin + group.getNum_rows(), directory, files.size()));
      begin += group.getNum_rows();
    }
    return files.isEmpty() ? List.of(outcome(0, 0, directory, 0)) : files;
  }

  private Path outcome(long begin, long end, Path directory, int number) throws SQLException {
    Path file = directory.resolve(number + ".parquet");
    String select =
        "SELECT %s\nWHERE \"$_row\" >= %d AND \"$_row\" < %d"
            .formatted(OUTCOME.formatted(snapshot.readAt()), begin, end);
    engine.write(
        "-- Put beside the columns of rows.parquet as these are: together they are staged.parquet.\n"
            + snapshot.copy(
                select, file, Math.max(ParquetSizes.ROW_GROUP_ROWS, 2 * (end - begin))));
    return file;
  }

  private String besideRows(Path rows) {
    return "SELECT *\nFROM %s\nPOSITIONAL JOIN (SELECT %s)"
        .formatted(Sql.parquet(rows), OUTCOME.formatted(snapshot.readAt()));
  }
}
