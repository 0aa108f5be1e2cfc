package dev.odyssey.transform.diff;

import dev.odyssey.transform.definition.SystemColumns;
import dev.odyssey.transform.engine.Sql;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The SQL of a {@link Diff}'s pieces, which name one another: {@code staged}, {@code taken}, {@code
 * gone}. Immutable.
 *
 * @param comparison null where there is no last snapshot
 */
record DiffSql(Snapshot snapshot, Comparison comparison, boolean incremental) {
  /** Whether {@code staged} has a column for what both snapshots have, since references differ. */
  private boolean hasCommon() {
    return comparison != null && !comparison.sameRef();
  }

  /** The rows of the file that the engine has written, and their places. */
  String staged(Path file) {
    String common =
        hasCommon() ? ",\n  " + comparison.commonRef() + " AS \"" + Comparison.COMMON + "\"" : "";
    return "SELECT *, file_row_number AS \"$_row\"%s\nFROM %s".formatted(common, Sql.parquet(file));
  }

  /**
   * The rows that go on, and what happened to them.
   *
   * @param rejects whether their key rejects some
   */
  String taken(boolean rejects) {
    String staged = "SELECT %s\nFROM staged".formatted(all());
    return rejects
        ? staged + "\nWHERE NOT " + RowNumbers.has("rejected_rows", "\"$_row\"")
        : staged;
  }

  /**
   * What goes into the changes object: by the one condition that the engine's reader filters by.
   */
  String changed(boolean anyGone) {
    String changed = "SELECT %s\nFROM taken\nWHERE \"$_operation\" <> 'NO_CHANGE'".formatted(all());
    return anyGone ? changed + "\nUNION ALL\n" + deleted() : changed;
  }

  /** Incrementally only what cannot be told apart is deleted, where the key has changed. */
  private String deleted() {
    String rows =
        "SELECT %s,\n  %s AS \"$_ref\", 'DELETE' AS \"$_operation\", %s AS \"$_timestamp\", \"$_last_updated\"\nFROM gone"
            .formatted(mapped(), oldRef(), snapshot.readAt());
    return incremental ? rows + "\nWHERE " + isNobody() : rows;
  }

  /**
   * What goes into the snapshot.
   *
   * @param withGone with rows of the last one that stay
   */
  String live(boolean withGone) {
    String taken = "SELECT %s\nFROM taken".formatted(all());
    return withGone
        ? taken
            + "\nUNION ALL\nSELECT %s,\n  %s AS \"$_ref\", 'NO_CHANGE' AS \"$_operation\", \"$_timestamp\", \"$_last_updated\"\nFROM gone\nWHERE NOT (%s)"
                .formatted(mapped(), oldRef(), isNobody())
        : taken;
  }

  /** A row of {@code gone} has no key of its own in the last snapshot. */
  String isNobody() {
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
}
