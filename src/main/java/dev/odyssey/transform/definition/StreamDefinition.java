package dev.odyssey.transform.definition;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/**
 * A stream as the transform needs it: checked, with the defaults filled in. Immutable.
 *
 * @param mappings in the snapshot's order; empty means every column of the file as it is
 * @param primaryKey snapshot columns; empty means that rows are told apart by {@code $_ref}
 * @param cursorField snapshot column that tells the newest of rows with one key; null for none
 * @param sourceConfig the source's {@code config}; an empty object where there is none
 * @param sourceType the source's {@code type}, such as {@code csv}; empty where unknown
 * @param schemaVersion names the schema and mappings in the snapshot's metadata; changes with them
 * @param doubts what may be a slip of the pen, for a person
 */
public record StreamDefinition(
    String name,
    List<Mapping> mappings,
    List<String> primaryKey,
    boolean incremental,
    String cursorField,
    JsonNode sourceConfig,
    String sourceType,
    String schemaVersion,
    List<String> doubts) {

  /** The file's columns that mappings ask for by name. */
  public List<String> wantedColumns() {
    return mappings.stream().map(Mapping::source).filter(source -> source != null).toList();
  }

  /** Of the file's columns those that a row is known by. */
  public List<String> rowColumns() {
    return mappings.isEmpty() ? primaryKey : wantedColumns();
  }
}
