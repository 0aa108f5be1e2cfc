package dev.odyssey.transform.diff;

import dev.odyssey.transform.engine.Sql;
import dev.odyssey.transform.snapshot.Previous;
import dev.odyssey.transform.types.Retyping;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * SQL of the last snapshot's columns as they are now, under their old names. Immutable.
 *
 * @param drift the columns of both snapshots
 * @param ways as {@link Retyping#way}, of the retyped columns that have one
 */
record OldColumns(Snapshot snapshot, Previous previous, Drift drift, Map<String, String> ways) {
  /**
   * A text that is a double now, and a snapshot of another hash, may have zeros with a sign.
   *
   * @param name of now
   * @param type of now
   */
  String kept(String name, String type) {
    boolean mayHaveSign =
        drift.isRetyped(name) || !previous.refVersion().equals(snapshot.refHash().version());
    String old = old(name, type);
    return mayHaveSign ? snapshot.unsigned("(" + old + ")", type) : old;
  }

  private String old(String name, String type) {
    String old = drift.old(name).map(Sql::identifier).orElse("NULL");
    if (drift.added().contains(name)) {
      return "NULL::" + type;
    }
    if (!drift.isRetyped(name)) {
      return old;
    }
    String way = ways.get(name);
    return way == null ? "NULL::" + type : Retyping.value(onWay(name, way), way, type);
  }

  /** True where every retyped value says the same in both types. */
  String exact(Collection<String> retyped) {
    return retyped.stream()
        .map(
            name -> {
              String old = Sql.identifier(drift.old(name).orElseThrow());
              String way = ways.get(name);
              return way == null
                  ? old + " IS NULL"
                  : Retyping.isExact(onWay(name, way), way, drift.now().get(name));
            })
        .collect(Collectors.joining(" AND "));
  }

  private String onWay(String name, String way) {
    String old = Sql.identifier(drift.old(name).orElseThrow());
    return way.equals(drift.was(name)) ? old : Retyping.cast(old, drift.was(name), way);
  }
}
