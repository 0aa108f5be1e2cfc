package dev.odyssey.transform.diff;

/**
 * SQL of a table of row numbers, a bit for each: so small beside the rows that a join with it keeps
 * their order, and finds memory, however many it names. Stateless.
 */
final class RowNumbers {
  /** So many that one is in few bytes and a file's are few. */
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

  /**
   * What follows a relation in SQL, to leave out the rows that such a table names.
   *
   * @param column of the relation, as an identifier in SQL
   */
  static String without(String table, String column) {
    return """
        LEFT JOIN %1$s AS n ON n."$_chunk" = %2$s // %3$d
        WHERE n."$_chunk" IS NULL OR get_bit(n."$_members", (%2$s %% %3$d)::INTEGER) = 0"""
        .formatted(table, column, CHUNK);
  }
}
