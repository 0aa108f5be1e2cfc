package dev.odyssey.transform.diff;

import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.RowSets;
import dev.odyssey.transform.engine.Sql;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;

/** Tables of row numbers, a bit for each: in few bytes, however many there are. Stateless. */
final class RowNumbers {
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
        .formatted(column, from, RowSets.CHUNK, RowSets.CHUNK - 1);
  }

  /**
   * What follows a relation in SQL, to leave out the rows that such a table names. Their order is
   * lost.
   *
   * @param column of the relation, as an identifier in SQL
   */
  static String without(String table, String column) {
    return """
        LEFT JOIN %1$s AS n ON n."$_chunk" = %2$s // %3$d
        WHERE n."$_chunk" IS NULL OR get_bit(n."$_members", (%2$s %% %3$d)::INTEGER) = 0"""
        .formatted(table, column, RowSets.CHUNK);
  }

  /** Lets queries ask for such a table's numbers by {@link #has}. */
  static void open(Engine engine, String table) throws SQLException {
    Map<Long, byte[]> chunks = new HashMap<>();
    engine.rows(
        "-- From now on has_row tells what is in this table.\nSELECT \"$_chunk\", \"$_members\"::BLOB\nFROM "
            + table,
        row -> chunks.put(row.getLong(1), row.getBytes(2)));
    engine.rowSets().put(table, chunks);
  }

  /** SQL that is true of a row that such a table, once opened, names. */
  static String has(String table, String column) {
    return "%s(%s, %s)".formatted(RowSets.FUNCTION, Sql.literal(table), column);
  }
}
