package dev.odyssey.transform.diff;

import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.Sql;
import java.sql.SQLException;
import java.util.List;

/**
 * Rows without a key that are there several times: as many copies as both snapshots have are
 * unchanged, further ones are inserted or deleted. Not thread-safe; used once, in the order of its
 * methods.
 */
final class Copies {
  private static final String COMMON = Sql.identifier(Comparison.COMMON);
  private static final String PLACE = "\"$_place\"";

  private final Engine engine;
  private final Snapshot snapshot;

  Copies(Engine engine, Snapshot snapshot) {
    this.engine = engine;
    this.snapshot = snapshot;
  }

  /**
   * Makes the table {@code further_copies}: the second, third and so on copy of a row in the last
   * snapshot, and where the first stands. Only the first goes through the join, or it would match
   * each with each.
   *
   * @return whether there are any
   */
  boolean numberThoseBefore() throws SQLException {
    engine.run(
        "-- Further copies of a row in the last snapshot.\nCREATE TEMP TABLE further_copies (\"$_place\" BIGINT, \"$_first\" BIGINT, \"$_copy\" BIGINT, \"$_last_updated\" TIMESTAMPTZ)");
    SharedValues before = new SharedValues(engine, "previous_rows", List.of(COMMON));
    if (!before.mayBe()) {
      return false;
    }
    before.into("shared_before");
    engine.run(
        """
        INSERT INTO further_copies BY NAME
        SELECT "$_place", first_value("$_place") OVER copies AS "$_first",
          row_number() OVER copies AS "$_copy", "$_last_updated"
        FROM previous_rows SEMI JOIN shared_before USING ("$_common")
        WINDOW copies AS (PARTITION BY "$_common" ORDER BY "$_last_updated", "$_place")
        QUALIFY "$_copy" > 1""");
    return true;
  }

  /**
   * Makes the table {@code compared}: the rows of {@code settled} and their fate, where of several
   * that have matched one place each has a place of its own or is new.
   */
  void settleThoseNow() throws SQLException {
    new SharedValues(engine, Comparison.WITHOUT_REJECTS, List.of(PLACE)).into("shared_places");
    engine.run(
        """
        -- Further copies of a row in the file.
        CREATE TEMP TABLE new_copies AS
        SELECT "$_row", "$_place" AS "$_first", row_number() OVER (PARTITION BY "$_place" ORDER BY "$_row") AS "$_copy"
        FROM %s SEMI JOIN shared_places USING ("$_place")
        QUALIFY "$_copy" > 1"""
            .formatted(Comparison.WITHOUT_REJECTS));
    engine.run(
        """
        -- As many copies as the last snapshot has are unchanged.
        CREATE TEMP TABLE compared AS
        FROM settled ANTI JOIN new_copies USING ("$_row")
        UNION ALL
        SELECT n."$_row", CASE WHEN f."$_place" IS NULL THEN %s ELSE %s END AS operation,
          coalesce(f."$_last_updated", %s) AS "$_last_updated", f."$_place"
        FROM new_copies AS n LEFT JOIN further_copies AS f USING ("$_first", "$_copy")"""
            .formatted(
                Comparison.operation("INSERT"),
                Comparison.operation("NO_CHANGE"),
                snapshot.readAt()));
    engine.run("DROP TABLE new_copies");
  }
}
