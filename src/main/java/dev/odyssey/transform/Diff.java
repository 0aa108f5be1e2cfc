package dev.odyssey.transform;

import dev.odyssey.failure.PermanentFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares the view {@code typed} with the last snapshot and writes this run's files. The source is
 * read once, when {@link #stage} writes every row with what happened to it; what that pass cannot
 * know (two rows with one key, further copies of a row) is found in the staged file afterwards and
 * put right. Not thread-safe; used once.
 */
final class Diff {
  /**
   * What {@link #finish} wrote and counted.
   *
   * @param snapshot a file, or a directory of parts
   * @param changes null where there are none
   */
  record Outcome(
      Path snapshot,
      long bytes,
      Path changes,
      long inserted,
      long updated,
      long unchanged,
      long deleted,
      long duplicates,
      long total) {

    /** Rows of the file that were not rejected. */
    long taken() {
      return inserted + updated + unchanged;
    }
  }

  private final Engine engine;
  private final Snapshot snapshot;
  private final Comparison comparison;
  private final boolean incremental;
  private final Path directory;
  private final Copies copies;
  private String cursor;

  /**
   * @param comparison null where there is no last snapshot
   */
  Diff(
      Engine engine,
      Snapshot snapshot,
      Comparison comparison,
      boolean incremental,
      Path directory) {
    this.engine = engine;
    this.snapshot = snapshot;
    this.comparison = comparison;
    this.incremental = incremental;
    this.directory = directory;
    this.copies =
        comparison == null || comparison.isByKey() ? null : new Copies(engine, comparison);
  }

  /**
   * @param column tells the newest of rows with one key; null for none
   */
  Diff newestBy(String column) {
    cursor = column;
    return this;
  }

  /** Repeatable, before {@link #finish}. */
  void stage() throws SQLException {
    if (comparison == null) {
      engine.view("rows", snapshot.rows(null));
      engine.view("compared", snapshot.first());
    } else {
      requireKeyForIncremental();
      engine.view("rows", snapshot.rows(common()));
      engine.view("previous_rows", comparison.previousRows());
      engine.view("previous_keys", comparison.previousKeys());
      engine.view("compared", comparison.compared());
    }
    engine.write(snapshot.copy("FROM compared", staged()));
  }

  /** Settles what the pass could not know, then writes the files. */
  Outcome finish(long maxObjectBytes) throws SQLException, IOException {
    engine.view("staged", stagedRows());
    engine.run(
        "CREATE TEMP TABLE exceptions (\"$_row\" BIGINT, operation VARCHAR, \"$_last_updated\" TIMESTAMPTZ)");
    long duplicates =
        snapshot.primaryKey().isEmpty()
            ? 0
            : new KeyRule(engine, snapshot, cursor).apply(keepsOrder());
    if (copies != null) {
      copies.apply();
    }
    boolean exceptions = engine.count("exceptions") > 0;
    engine.view("taken", taken(exceptions));
    Map<String, Long> counts = operations();
    boolean anyGone = findGone(counts.get("UPDATE") + counts.get("NO_CHANGE"));

    long changed = counts.get("INSERT") + counts.get("UPDATE");
    Path changes = directory.resolve("changes.parquet");
    long written = writeChanges(changes, changed, anyGone);
    Path file = directory.resolve("snapshot.parquet");
    long total = counts.values().stream().mapToLong(Long::longValue).sum();
    if (exceptions || (incremental && anyGone)) {
      total = engine.write(snapshot.copy(liveRows(incremental && anyGone), file));
      Files.delete(staged());
    } else {
      Files.move(staged(), file, StandardCopyOption.REPLACE_EXISTING);
    }
    long bytes = Files.size(file);
    return new Outcome(
        new Parts(engine, snapshot, maxObjectBytes).cut(file, total),
        bytes,
        written == 0 ? null : changes,
        counts.get("INSERT") + counts.get("SNAPSHOT"),
        counts.get("UPDATE"),
        counts.get("NO_CHANGE"),
        written == 0 ? 0 : written - changed,
        duplicates,
        total);
  }

  /** A join that spills to disk gives its rows in another order. */
  private boolean keepsOrder() throws SQLException {
    return comparison == null
        || comparison.previous().joinBytes(comparison.keyColumns()) < engine.memoryBytes() / 3;
  }

  /** Defines the view {@code gone}, unless every row of the last snapshot has been matched. */
  private boolean findGone(long matched) throws SQLException {
    if (comparison == null || comparison.previous().rows() == matched) {
      return false;
    }
    if (copies != null) {
      copies.compareCounts();
    }
    engine.view("gone", copies == null ? comparison.gone() : copies.gone());
    return true;
  }

  private long writeChanges(Path file, long changed, boolean anyGone) throws SQLException {
    return comparison == null || (changed == 0 && !anyGone)
        ? 0
        : engine.write(snapshot.copy(changedRows(anyGone ? deletedRows() : null), file));
  }

  private Path staged() {
    return directory.resolve("staged.parquet");
  }

  /** The further column of {@code rows} and {@code staged}; null where {@code $_ref} will do. */
  private String common() {
    return comparison == null || comparison.sameRef()
        ? null
        : comparison.commonRef() + " AS \"" + Comparison.COMMON + "\"";
  }

  private String stagedRows() {
    String common = common();
    return "SELECT *, file_row_number AS \"$_row\"%s\nFROM read_parquet(%s)"
        .formatted(common == null ? "" : ",\n  " + common, Sql.literal(staged().toString()));
  }

  private String taken(boolean exceptions) {
    String content = common() == null ? "" : ", s.\"" + Comparison.COMMON + "\"";
    return exceptions
        ? """
        SELECT %s, coalesce(e.operation, s."$_operation") AS "$_operation", s."$_timestamp",
          coalesce(e."$_last_updated", s."$_last_updated") AS "$_last_updated"%s
        FROM staged AS s LEFT JOIN exceptions AS e USING ("$_row")
        WHERE e.operation IS DISTINCT FROM 'REJECT'"""
            .formatted(snapshot.columnList("s."), content)
        : "SELECT * EXCLUDE (\"$_row\") FROM staged";
  }

  private Map<String, Long> operations() throws SQLException {
    Map<String, Long> counts = new LinkedHashMap<>();
    List.of("SNAPSHOT", "INSERT", "UPDATE", "NO_CHANGE").forEach(word -> counts.put(word, 0L));
    engine.rows(
        "SELECT \"$_operation\", count(*) FROM taken GROUP BY ALL",
        row -> counts.put(row.getString(1), row.getLong(2)));
    return counts;
  }

  private String changedRows(String deletedRows) {
    String changed =
        "SELECT %s FROM taken\nWHERE \"$_operation\" IN ('INSERT', 'UPDATE')".formatted(all());
    return deletedRows == null ? changed : changed + "\nUNION ALL\n" + deletedRows;
  }

  /** Incrementally only what cannot be told apart is deleted, where the key has changed. */
  private String deletedRows() {
    String rows =
        "SELECT %s, %s AS \"$_ref\", 'DELETE' AS \"$_operation\", %s AS \"$_timestamp\", \"$_last_updated\"\nFROM gone"
            .formatted(mapped(), oldRef(), snapshot.readAt());
    return incremental ? rows + "\nWHERE " + isNobody() : rows;
  }

  private String liveRows(boolean withGone) {
    String taken = "SELECT %s FROM taken".formatted(all());
    return withGone
        ? taken
            + "\nUNION ALL\nSELECT %s, %s AS \"$_ref\", 'NO_CHANGE' AS \"$_operation\", \"$_timestamp\", \"$_last_updated\"\nFROM gone\nWHERE NOT (%s)"
                .formatted(mapped(), oldRef(), isNobody())
        : taken;
  }

  /** The row has no key of its own in the last snapshot. */
  private String isNobody() {
    List<String> faults = new ArrayList<>();
    if (comparison.isByKey()) {
      comparison.keys().forEach(key -> faults.add(key + " IS NULL"));
    }
    return faults.isEmpty() ? "false" : String.join(" OR ", faults);
  }

  /** As it was, where the columns are still the same. */
  private String oldRef() {
    boolean same =
        comparison.drift().isNone()
            && comparison.previous().refVersion().equals(snapshot.refHash().version());
    return same ? "\"$_old_ref\"" : Ref.sql(snapshot.columns(), snapshot.refHash());
  }

  private String mapped() {
    return Comparison.list(snapshot.columns().keySet());
  }

  private String all() {
    return mapped() + ", " + Comparison.list(SystemColumns.ALL);
  }

  private void requireKeyForIncremental() {
    if (incremental && !snapshot.primaryKey().isEmpty() && !comparison.isByKey()) {
      throw new PermanentFailure(
          "The last snapshot has no column for the primary key %s, so an incremental sync cannot tell"
                  .formatted(Names.shown(snapshot.primaryKey()))
              + " which rows it should replace.",
          "Sync the stream once with sync_mode full_refresh, then redrive the job.");
    }
  }
}
