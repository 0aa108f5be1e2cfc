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

  private final Engine engine;
  private final Comparison comparison;
  private final String content;
  private boolean areBefore;

  Copies(Engine engine, Comparison comparison) {
    this.engine = engine;
    this.comparison = comparison;
    this.content = Sql.identifier(comparison.content());
  }

  /**
   * Makes the table {@code further_copies}: the second, third and so on copy of a row in the last
   * snapshot. Only the first goes through the join, or it would match each with each.
   *
   * @return whether there are any
   */
  boolean numberThoseBefore() throws SQLException {
    engine.run(
        "-- Further copies of a row in the last snapshot.\nCREATE TEMP TABLE further_copies (\"$_place\" BIGINT, \"$_content\" VARCHAR, \"$_last_updated\" TIMESTAMPTZ, \"$_copy\" BIGINT)");
    SharedValues before = new SharedValues(engine, "previous_rows", List.of(COMMON));
    areBefore = before.mayBe();
    if (areBefore) {
      before.into("shared_before");
      engine.run(
          """
          INSERT INTO further_copies BY NAME
          SELECT "$_place", "$_common" AS "$_content", "$_last_updated",
            row_number() OVER (PARTITION BY "$_common" ORDER BY "$_last_updated", "$_place") AS "$_copy"
          FROM previous_rows SEMI JOIN shared_before USING ("$_common")
          QUALIFY "$_copy" > 1""");
    }
    return areBefore;
  }

  /** Puts right in {@code exceptions} what the second and later copies in {@code staged} are. */
  void settleThoseNow() throws SQLException {
    new SharedValues(engine, "staged", List.of(content)).into("shared_contents");
    engine.run(
        """
        -- Further copies of a row in the file.
        CREATE TEMP TABLE new_copies AS
        SELECT "$_row", %1$s AS "$_content", row_number() OVER (PARTITION BY %1$s ORDER BY "$_row") AS "$_copy"
        FROM (FROM staged SEMI JOIN shared_contents USING (%1$s)) ANTI JOIN exceptions USING ("$_row")
        QUALIFY "$_copy" > 1"""
            .formatted(content));
    engine.run(
        """
        -- As many copies as the last snapshot has are unchanged.
        INSERT INTO exceptions BY NAME
        SELECT n."$_row", CASE WHEN o."$_copy" IS NULL THEN 'INSERT' ELSE 'NO_CHANGE' END AS operation,
          coalesce(o."$_last_updated", %s) AS "$_last_updated"
        FROM new_copies AS n LEFT JOIN further_copies AS o USING ("$_content", "$_copy")"""
            .formatted(comparison.snapshot().readAt()));
    engine.run("DROP TABLE new_copies");
  }

  /**
   * Of the places that no row has taken those of rows that are gone, since further copies are there
   * as well where the file has as many.
   *
   * @param untaken selects the places
   */
  String gonePlaces(String untaken) throws SQLException {
    if (!areBefore) {
      return untaken;
    }
    engine.view(
        "kept_copies",
        "Further copies for which there are rows as well.",
        """
        SELECT f."$_place"
        FROM further_copies AS f
        JOIN (
          SELECT %1$s AS "$_content", count(*) AS "$_copies"
          FROM taken SEMI JOIN (SELECT DISTINCT "$_content" AS "$_shared" FROM further_copies) ON %1$s = "$_shared"
          GROUP BY ALL) AS n USING ("$_content")
        WHERE f."$_copy" <= n."$_copies\""""
            .formatted(content));
    return "FROM (\n" + untaken + ")\nANTI JOIN kept_copies USING (\"$_place\")";
  }
}
