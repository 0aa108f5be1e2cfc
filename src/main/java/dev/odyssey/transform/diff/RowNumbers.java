package dev.odyssey.transform.diff;

import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.RowSet;
import dev.odyssey.transform.engine.RowSets;
import dev.odyssey.transform.engine.Sql;
import java.sql.SQLException;

/** Tables of row numbers, a bit for each: in few bytes, however many there are. Stateless. */
final class RowNumbers {
  private static final int CHUNK = 1024;

  private RowNumbers() {}

  /**
   * SQL of such a table. Its {@code $_count} counts a number as often as it is there, {@code
   * $_members} has it once.
   *
   * @param column of {@code from}, as an identifier in SQL; NULL is no row number
   */
  static String of(String column, String from) {
    return """
        SELECT %1$s // %3$d AS "$_chunk", count(*) AS "$_count",
          bitstring_agg(%1$s %% %3$d, 0::BIGINT, %4$d::BIGINT) AS "$_members"
        FROM %2$s
        WHERE %1$s IS NOT NULL
        GROUP BY ALL"""
        .formatted(column, from, CHUNK, CHUNK - 1);
  }

  /** Lets queries ask for such a table's numbers by {@link #has}. */
  static void open(Engine engine, String table) throws SQLException {
    RowSet rows = new RowSet();
    engine.rows(
        "-- From now on has_row tells what is in this table.\nSELECT \"$_chunk\", \"$_members\"::VARCHAR\nFROM "
            + table,
        chunk -> {
          long begin = chunk.getLong(1) * CHUNK;
          String members = chunk.getString(2);
          for (int i = members.indexOf('1'); i >= 0; i = members.indexOf('1', i + 1)) {
            rows.add(begin + i);
          }
        });
    engine.rowSets().put(table, rows);
  }

  /** SQL that is true of a row that such a table, once opened, names. */
  static String has(String table, String column) {
    return "%s(%s, %s)".formatted(RowSets.FUNCTION, Sql.literal(table), column);
  }
}
