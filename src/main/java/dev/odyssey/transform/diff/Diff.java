package dev.odyssey.transform.diff;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.BadValueReport;
import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.Sql;
import dev.odyssey.transform.source.Source;
import dev.odyssey.transform.text.Names;
import dev.odyssey.transform.types.Typed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Compares the rows of the source with the last snapshot and writes this run's files. The source is
 * read once, when {@link #stage} writes every row; what happened to it is found in the staged file
 * afterwards. Not thread-safe; used once.
 */
public final class Diff {
  /**
   * What {@link #finish} wrote and counted.
   *
   * @param snapshot a file, or a directory of parts
   * @param changes null where there are none
   * @param inexact by retyped column, in how many of the rows that stay from the last snapshot the
   *     value is not quite what it was
   */
  public record Outcome(
      Path snapshot,
      long bytes,
      Path changes,
      long inserted,
      long updated,
      long unchanged,
      long deleted,
      long duplicates,
      long total,
      Map<String, Long> inexact) {

    /** Rows of the file that were not rejected. */
    public long taken() {
      return inserted + updated + unchanged;
    }
  }

  private static final int MAX_EMPTY_ROWS = 1_000;
  private static final int MAX_EMPTY_QUERIES = 16;
  private static final String FIRST = "SNAPSHOT";
  private static final List<String> OPERATIONS = List.of(FIRST, "INSERT", "UPDATE", "NO_CHANGE");
  private static final String READ = "-- Here the source is read.\n";

  /** A row that has matched none has its key alone, if those that have matched one do. */
  private static final String UNMATCHED = "(FROM staged WHERE \"$_operation\" = 'INSERT')";

  private static final String STAGED = "The rows that this has written, and their places.";

  private final Engine engine;
  private final Snapshot snapshot;
  private final DiffSql sql;
  private final boolean incremental;
  private final Path directory;
  private String cursor;
  private Comparison comparison; // null where there is no last snapshot
  private long read; // rows

  /**
   * @param comparison null where there is no last snapshot
   */
  public Diff(
      Engine engine,
      Snapshot snapshot,
      Comparison comparison,
      boolean incremental,
      Path directory) {
    this.engine = engine;
    this.snapshot = snapshot;
    this.comparison = comparison;
    this.sql = new DiffSql(snapshot, comparison, incremental);
    this.incremental = incremental;
    this.directory = directory;
  }

  /**
   * @param column tells the newest of rows with one key; null for none
   */
  public Diff newestBy(String column) {
    cursor = column;
    return this;
  }

  /**
   * Repeatable, before {@link #finish}.
   *
   * @param typed the source's rows with their types
   */
  public void stage(Typed.Rows typed) throws SQLException {
    if (comparison == null) {
      read = engine.write(READ + snapshot.copy(snapshot.first(typed), staged()));
    } else {
      requireKeyForIncremental();
      engine.view(
          "previous_rows",
          "The last snapshot's rows with the columns of now, and what they are joined by.",
          comparison.previousRows());
      read = engine.write(READ + snapshot.copy(snapshot.rows(typed), rows()));
    }
  }

  /**
   * As {@link BadValueReport.EmptyRows}, after {@link #stage}. Each query reads the names of all
   * the file's columns, so there are few of them.
   */
  public Set<Long> emptyRows(List<String> columns) throws SQLException {
    Set<Long> rows = new TreeSet<>();
    Path file = comparison == null ? staged() : rows();
    List<String> stored = columns.stream().filter(snapshot.columns()::containsKey).toList();
    int together = 1 + stored.size() / MAX_EMPTY_QUERIES;
    for (int i = 0; i < stored.size(); i += together) {
      engine.rows(
          stored.subList(i, Math.min(i + together, stored.size())).stream()
              .map(column -> Sql.identifier(column) + " IS NULL")
              .collect(
                  Collectors.joining(
                      " OR ",
                      "SELECT file_row_number FROM %s WHERE ".formatted(Sql.parquet(file)),
                      " LIMIT " + MAX_EMPTY_ROWS)),
          row -> rows.add(row.getLong(1)));
    }
    return rows;
  }

  /**
   * Settles what the pass could not know, then writes the files.
   *
   * @param source of the rows, for the places of those that are rejected
   */
  public Outcome finish(Source source, long maxObjectBytes) throws SQLException, IOException {
    engine.run("-- Rows that their key rejects.\nCREATE TEMP TABLE key_rejects (\"$_row\" BIGINT)");
    engine.view("staged", STAGED, sql.staged(comparison == null ? staged() : rows()));
    long duplicates = matchesByKey() ? 0 : rejectByKey(source, "staged");
    if (comparison != null) {
      boolean isOneToOne = settle();
      engine.view("staged", STAGED, sql.staged(staged()));
      if (matchesByKey()) {
        duplicates = rejectByKey(source, isOneToOne ? UNMATCHED : "staged");
      }
    }
    boolean rejects = engine.count("How many.", "key_rejects") > 0;
    if (rejects) {
      engine.run(
          "-- The same, a bit for each.\nCREATE TEMP TABLE rejected_rows AS\n"
              + RowNumbers.of("\"$_row\"", "key_rejects"));
      RowNumbers.open(engine, "rejected_rows");
    }
    engine.view("taken", "The rows that go on, and what happened to them.", sql.taken(rejects));
    Map<String, Long> counts = comparison == null && !rejects ? allAreFirst() : operations();
    boolean anyGone = findGone(counts.get("UPDATE") + counts.get("NO_CHANGE"));

    long changed = counts.get("INSERT") + counts.get("UPDATE");
    Path changes = directory.resolve("changes.parquet");
    long written = writeChanges(changes, changed, anyGone);
    Path file = directory.resolve("snapshot.parquet");
    long total = counts.values().stream().mapToLong(Long::longValue).sum();
    boolean anyStay = incremental && anyGone;
    Map<String, Long> inexact =
        anyStay && !comparison.drift().retyped().isEmpty()
            ? engine.counts(comparison.inexact("NOT (" + sql.isNobody() + ")"))
            : Map.of();
    if (rejects || anyStay) {
      total =
          engine.write(
              "-- The snapshot, anew, since rows leave it or stay from the last one.\n"
                  + snapshot.copy(sql.live(anyStay), file));
      Files.delete(staged());
    } else {
      Files.move(staged(), file, StandardCopyOption.REPLACE_EXISTING);
    }
    long bytes = Files.size(file);
    return new Outcome(
        new Parts(engine, snapshot, maxObjectBytes).cut(file, total),
        bytes,
        written == 0 ? null : changes,
        counts.get("INSERT") + counts.get(FIRST),
        counts.get("UPDATE"),
        counts.get("NO_CHANGE"),
        written == 0 ? 0 : written - changed,
        duplicates,
        total,
        inexact);
  }

  private boolean matchesByKey() {
    return comparison != null && comparison.isByKey();
  }

  /**
   * @param doubtful as {@link KeyRule}
   * @return how many rows lost to another with the same key
   */
  private long rejectByKey(Source source, String doubtful) throws SQLException, IOException {
    return snapshot.primaryKey().isEmpty()
        ? 0
        : new KeyRule(engine, snapshot, cursor, source, doubtful).apply();
  }

  /**
   * Finds what happened to the rows since the last snapshot, and puts it beside them.
   *
   * @return whether no two of them are one row of the last snapshot
   */
  private boolean settle() throws SQLException, IOException {
    Copies copies = new Copies(engine, snapshot);
    boolean furtherCopies = !comparison.isByKey() && copies.numberThoseBefore();
    Settlement settlement =
        new Settlement(
            engine,
            comparison,
            comparison.slices(engine, read),
            copies,
            furtherCopies,
            Settlement.MAX_FOOTER_BYTES);
    comparison = settlement.write(rows(), read, staged());
    Files.delete(rows());
    return settlement.isOneToOne();
  }

  /** Defines the view {@code gone}, unless every row of the last snapshot has been matched. */
  private boolean findGone(long matched) throws SQLException {
    if (comparison == null || comparison.previous().rows() == matched) {
      return false;
    }
    if (incremental) {
      RowNumbers.open(engine, "taken_places");
      engine.view("gone", "Rows whose place no row of the source has taken.", comparison.staying());
      return true;
    }
    engine.run(
        "-- Where the rows stand that no row of the source has taken.\nCREATE TEMP TABLE gone_places AS\n"
            + comparison.untakenPlaces());
    engine.view("gone", "These rows.", comparison.gone());
    return true;
  }

  /** How many; without any, no file. */
  private long writeChanges(Path file, long changed, boolean anyGone) throws SQLException {
    return comparison == null || (changed == 0 && !anyGone)
        ? 0
        : engine.write("-- The changes.\n" + snapshot.copy(sql.changed(anyGone), file));
  }

  /** Without what happened to them. */
  private Path rows() {
    return directory.resolve("rows.parquet");
  }

  private Path staged() {
    return directory.resolve("staged.parquet");
  }

  private Map<String, Long> allAreFirst() {
    return OPERATIONS.stream()
        .collect(Collectors.toMap(word -> word, word -> word.equals(FIRST) ? read : 0));
  }

  /** Without GROUP BY, whose hash table takes 2 MB for its first row. */
  private Map<String, Long> operations() throws SQLException {
    return engine.counts(
        OPERATIONS.stream()
            .map(word -> "count_if(\"$_operation\" = '%1$s') AS %1$s".formatted(word))
            .collect(Collectors.joining(",\n  ", "-- How many of each.\nSELECT ", "\nFROM taken")));
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
