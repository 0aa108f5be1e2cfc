package dev.odyssey.transform.diff;

import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.Sql;
import java.sql.SQLException;
import java.util.List;

/**
 * Rows without a key that are there several times: as many copies as both snapshots have are
 * unchanged, further ones are inserted or deleted. Not thread-safe; used once.
 */
final class Copies {
  private static final String COMMON = Sql.identifier(Comparison.COMMON);

  private final Engine engine;
  private final Comparison comparison;
  private final String content;
  private boolean several;
  private boolean surplus;

  Copies(Engine engine, Comparison comparison) {
    this.engine = engine;
    this.comparison = comparison;
    this.content = Sql.identifier(comparison.content());
  }

  /** Puts right in {@code exceptions} what the second and later copies in {@code staged} are. */
  void apply() throws SQLException {
    SharedValues contents = new SharedValues(engine, "staged", List.of(content));
    if (!contents.mayBe()) {
      return;
    }
    several = true;
    contents.into("shared_contents");
    engine.run(
        """
        -- Rows that are there several times, counted.
        CREATE TEMP TABLE new_copies AS
        SELECT "$_row", %1$s AS "$_content", row_number() OVER (PARTITION BY %1$s ORDER BY "$_row") AS copy
        FROM (FROM staged SEMI JOIN shared_contents USING (%1$s)) ANTI JOIN exceptions USING ("$_row")
        QUALIFY count(*) OVER (PARTITION BY %1$s) > 1"""
            .formatted(content));
    engine.run(
        """
        -- As many copies as the last snapshot has are unchanged.
        INSERT INTO exceptions
        SELECT n."$_row", CASE WHEN o.copy IS NULL THEN 'INSERT' ELSE 'NO_CHANGE' END,
          coalesce(o."$_last_updated", %s)
        FROM new_copies AS n LEFT JOIN (
          SELECT "$_common" AS "$_content", "$_last_updated",
            row_number() OVER (PARTITION BY "$_common" ORDER BY "$_last_updated") AS copy
          FROM previous_rows SEMI JOIN (SELECT DISTINCT "$_content" FROM new_copies) ON "$_content" = "$_common") AS o
          USING ("$_content", copy)
        WHERE n.copy > 1"""
            .formatted(comparison.snapshot().readAt()));
  }

  /** Finds what the last snapshot has more copies of than {@code taken}. */
  void compareCounts() throws SQLException {
    SharedValues before = new SharedValues(engine, "previous_rows", List.of(COMMON));
    if (!before.mayBe()) {
      return;
    }
    before.into("shared_before");
    engine.run(
        """
        -- Rows that the last snapshot has more copies of.
        CREATE TEMP TABLE surplus AS
        SELECT "$_content", now."$_copies"
        FROM (SELECT "$_common" AS "$_content", count(*) AS "$_copies"
            FROM previous_rows SEMI JOIN shared_before USING ("$_common") GROUP BY ALL) AS before
        JOIN (SELECT %1$s AS "$_content", count(*) AS "$_copies"
            FROM taken SEMI JOIN (SELECT "$_common" AS "$_shared" FROM shared_before) ON %1$s = "$_shared"
            GROUP BY ALL) AS now USING ("$_content")
        WHERE before."$_copies" > now."$_copies"
        """
            .formatted(content));
    surplus = engine.count("How many.", "surplus") > 0;
  }

  /**
   * What {@code taken} holds, to join with: each once, since the engine keeps a place in memory for
   * every row of a hash table, and cannot split those of one value.
   */
  String taken() {
    return several ? "(SELECT DISTINCT " + content + " FROM taken)" : "taken";
  }

  /** SQL of the rows of the last snapshot that are gone, surplus copies among them. */
  String gone() {
    return surplus
        ? comparison.gone()
            + """

            UNION ALL
            SELECT * EXCLUDE ("$_copies")
            FROM (SELECT p.*, s."$_copies" FROM previous_rows AS p JOIN surplus AS s ON s."$_content" = p."$_common")
            QUALIFY row_number() OVER (PARTITION BY "$_common" ORDER BY "$_last_updated") > "$_copies"
            """
        : comparison.gone();
  }
}
