package dev.odyssey.transform.types;

import dev.odyssey.transform.definition.ColumnType;
import dev.odyssey.transform.engine.BadValues;
import dev.odyssey.transform.engine.Sql;
import dev.odyssey.transform.source.Source;
import java.util.List;

/**
 * A mapping bound to the file: what the snapshot's column is made of. Immutable.
 *
 * @param number 1 for the snapshot's first column; names the column to {@link BadValues}
 * @param used the file's columns that it needs
 * @param sql its value over the file's columns, not yet cast; fails for no row
 * @param failed true for the rows where an expression failed; null where none can
 * @param type null to keep the type that the value has
 */
public record Projection(
    int number,
    String target,
    List<Source.Column> used,
    String sql,
    String failed,
    ColumnType type) {

  /** The column of the view {@code mapped} that has a column of the file as it is. */
  public static String inputColumn(String source) {
    return "$_from_" + source;
  }

  /** The column of the view {@code mapped} that holds what an expression failed on. */
  public String failedColumn() {
    return "$_failed_" + number;
  }

  /** The file's columns that it needs, errors of cells apart. */
  public List<String> sources() {
    return used.stream()
        .map(Source.Column::name)
        .filter(name -> !name.startsWith(Source.FAULT))
        .toList();
  }

  /** Whether an expression makes its value, and not one column alone. */
  public boolean isDerived() {
    return used.isEmpty() || !sql.equals(Sql.identifier(used.get(0).name()));
  }

  /** Whether neither file nor schema say its type: the engine gives integers then. */
  public boolean isUntyped() {
    return !isDerived() && used.get(0).sql().equals(Source.NOTHING) && type.sql().equals("INTEGER");
  }

  /** Whether its type says more than a text or a JSON document does. */
  public boolean isTyped() {
    return type != null
        && type.kind() != ColumnType.Kind.TEXT
        && type.kind() != ColumnType.Kind.JSON;
  }

  Projection as(ColumnType settled) {
    return new Projection(number, target, used, sql, failed, settled);
  }
}
