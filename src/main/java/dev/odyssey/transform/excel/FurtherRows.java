package dev.odyssey.transform.excel;

import dev.odyssey.transform.excel.SheetTable.Cell;
import dev.odyssey.transform.excel.SheetTable.Row;
import java.util.BitSet;
import java.util.Optional;

/**
 * Rows below an empty one that may belong to no table, or to another: they are read as data, and
 * the first of them is told. Not thread-safe.
 */
final class FurtherRows {
  private static final String TABLE =
      "Row %d of the sheet, below an empty row, has texts alone where the rows above have numbers or"
          + " dates: it is read as data, and may be the header of another table.";
  private static final String NOTE =
      "Row %d of the sheet, below an empty row, has one text alone: it is read as data, and may be a"
          + " note.";

  private final BitSet values = new BitSet(); // columns with a number or date so far
  private final BitSet texts = new BitSet();
  private int fewest = Integer.MAX_VALUE; // cells in a row so far
  private int first = Integer.MAX_VALUE; // column so far
  private int last; // row
  private boolean told;

  /** What there is to say of the next row. */
  Optional<String> doubt(Row row) {
    boolean isBelowEmpty = last > 0 && row.number() > last + 1;
    String doubt = isBelowEmpty && !told && isTexts(row) ? what(row) : null;
    told |= doubt != null;
    row.cells().forEach((column, cell) -> (cell.isText() ? texts : values).set(column));
    first = Math.min(first, row.cells().firstKey());
    fewest = Math.min(fewest, row.cells().size());
    last = row.number();
    return Optional.ofNullable(doubt).map(text -> text.formatted(row.number()));
  }

  private static boolean isTexts(Row row) {
    return row.cells().values().stream().allMatch(Cell::isText);
  }

  /** Null for nothing. */
  private String what(Row row) {
    if (row.cells().size() == 1) {
      return fewest > 1 && row.cells().firstKey() <= first ? NOTE : null;
    }
    boolean differs =
        row.cells().keySet().stream().anyMatch(at -> values.get(at) && !texts.get(at));
    return differs ? TABLE : null;
  }
}
