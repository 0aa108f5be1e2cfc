package dev.odyssey.transform.snapshot;

import dev.odyssey.transform.definition.SystemColumns;
import java.util.List;

/**
 * A column of a snapshot and where its values come from. Immutable.
 *
 * @param type that it is stored with, by the engine's name
 * @param sources the source file's columns that it is made of; empty for the runner's own columns
 * @param derived true where an expression makes its values, false where they are one column's
 */
public record SnapshotColumn(String name, String type, List<String> sources, boolean derived) {

  /** Of one of {@link SystemColumns}. */
  public static SnapshotColumn system(String name) {
    boolean text = name.equals(SystemColumns.REF) || name.equals(SystemColumns.OPERATION);
    return new SnapshotColumn(
        name, text ? "VARCHAR" : "TIMESTAMP WITH TIME ZONE", List.of(), false);
  }
}
