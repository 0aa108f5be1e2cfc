package dev.odyssey.transform.diff;

import dev.odyssey.transform.definition.SystemColumns;
import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.Sql;
import dev.odyssey.transform.source.Rejects;
import dev.odyssey.transform.source.Source;
import java.io.IOException;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A primary key's promise: none of its columns is NULL, and no two rows share it. Of rows that do,
 * the one with the greatest cursor wins, else the last in the file. The others are rejects.
 */
public final class KeyRule {
  public static final String NULL_KEY = "The primary key is NULL.";
  public static final String DUPLICATE = "Another row of the file has the same primary key.";

  private static final int MAX_PLACES = 1_000;
  private static final long MAX_SPAN = 1 << 28; // 32 MiB a thread; the engine takes up to a billion

  private final Engine engine;
  private final Snapshot snapshot;
  private final List<String> key;
  private final String cursor;
  private final Source source;
  private final String doubtful;

  /**
   * @param cursor a column of the snapshot; null for none
   * @param source whose rows {@code staged} has, in their order
   * @param doubtful those of {@code staged} that may break the promise, to select from
   */
  KeyRule(Engine engine, Snapshot snapshot, String cursor, Source source, String doubtful) {
    this.engine = engine;
    this.snapshot = snapshot;
    this.key = snapshot.primaryKey();
    this.cursor = cursor;
    this.source = source;
    this.doubtful = doubtful;
  }

  /**
   * Rejects rows of the view {@code staged}: into {@link Rejects#TABLE} and {@code key_rejects}.
   *
   * @return how many rows lost to another
   */
  long apply() throws SQLException, IOException {
    Map<String, Long> counts = engine.counts(counts());
    if (counts.get("keyless") > 0) {
      rejectKeyless();
    }
    if (counts.get("rows") == 0) {
      return 0;
    }
    SharedValues keys = new SharedValues(engine, doubtful, quoted(), counts.get("rows"));
    if (isDense(counts) ? densely(counts) == counts.get("rows") : !keys.mayBe()) {
      return 0;
    }
    return rejectLosers(keys);
  }

  private String counts() {
    String range = ",\n  min(%1$s) AS least, max(%1$s) AS greatest".formatted(names());
    return "-- Rows with all of their key, and without.\nSELECT count_if(%1$s) AS rows, count_if(NOT (%1$s)) AS keyless%2$s\nFROM %3$s"
        .formatted(isWhole(""), isInteger() ? range : "", doubtful);
  }

  private boolean isInteger() {
    return key.size() == 1
        && Set.of("TINYINT", "SMALLINT", "INTEGER", "BIGINT")
            .contains(snapshot.columns().get(key.get(0)));
  }

  /** Whether a bit for each number between takes less than a byte a row. */
  private boolean isDense(Map<String, Long> counts) {
    long rows = counts.get("rows");
    if (!isInteger()) {
      return false;
    }
    BigInteger span =
        BigInteger.valueOf(counts.get("greatest"))
            .subtract(BigInteger.valueOf(counts.get("least")));
    return span.compareTo(BigInteger.valueOf(Math.min(8 * rows, MAX_SPAN))) < 0;
  }

  /** How many different keys there are: a tenth of the time and memory of DISTINCT. */
  private long densely(Map<String, Long> counts) throws SQLException {
    return engine
        .counts(
            "-- Different keys.\nSELECT bit_count(bitstring_agg(CAST(%s AS BIGINT), CAST(%d AS BIGINT), CAST(%d AS BIGINT))) AS keys\nFROM %s WHERE %s"
                .formatted(
                    names(), counts.get("least"), counts.get("greatest"), doubtful, isWhole("")))
        .get("keys");
  }

  private void rejectKeyless() throws SQLException, IOException {
    String column =
        key.stream()
            .map(c -> "WHEN r.%s IS NULL THEN %s".formatted(Sql.identifier(c), Sql.literal(c)))
            .collect(Collectors.joining(" ", "CASE ", " END"));
    reject("NOT (" + isWhole("s.") + ")", Sql.literal(NULL_KEY), column);
  }

  private long rejectLosers(SharedValues keys) throws SQLException, IOException {
    keys.into("shared_keys");
    String best = cursor == null ? "" : Sql.identifier(cursor) + " DESC NULLS LAST, ";
    engine.run(
        """
        -- Of rows with one key all but the one that wins.
        CREATE TEMP TABLE losers AS
        SELECT "$_row"
        FROM staged SEMI JOIN shared_keys USING (%1$s)
        QUALIFY row_number() OVER (PARTITION BY %1$s ORDER BY %2$s"$_row" DESC) > 1"""
            .formatted(names(), best));
    long losers = engine.count("How many.", "losers");
    if (losers > 0) {
      reject(
          "s.\"$_row\" IN (SELECT \"$_row\" FROM losers)",
          Sql.literal(DUPLICATE),
          Sql.literal(String.join(", ", key)));
    }
    return losers;
  }

  private void reject(String condition, String reason, String column)
      throws SQLException, IOException {
    locate(condition);
    engine.run(
        """
        -- Rows that their key rejects.
        INSERT INTO rejected BY NAME
        SELECT p.file, p.line, p.byte_offset,
          to_json(r."$_fields")::VARCHAR AS raw, %s AS reason, %s AS "column"
        FROM (
          SELECT "$_row", %s AS "$_fields", %s
          FROM staged AS s
          WHERE %s) AS r
        LEFT JOIN places AS p USING ("$_row")"""
            .formatted(reason, column, fields(), names(), condition));
    engine.run("INSERT INTO key_rejects\nSELECT \"$_row\"\nFROM staged AS s\nWHERE " + condition);
  }

  /** Makes the table {@code places}: where the first of these rows stand in the source. */
  private void locate(String condition) throws SQLException, IOException {
    List<Long> rows = new ArrayList<>();
    engine.rows(
        "SELECT \"$_row\" FROM staged AS s WHERE %s ORDER BY 1 LIMIT %d"
            .formatted(condition, MAX_PLACES),
        row -> rows.add(row.getLong(1)));
    engine.run(
        "-- Where the first of them stand in the source.\nCREATE OR REPLACE TEMP TABLE places (\"$_row\" BIGINT, line BIGINT, byte_offset BIGINT, file VARCHAR)");
    if (source.line().isPresent() || source.fileName().isPresent()) {
      engine.run(
          """
          INSERT INTO places BY NAME
          SELECT "$_row", line, file
          FROM (SELECT row_number() OVER () - 1 AS "$_row", %s AS line, %s AS file FROM source)
          WHERE "$_row" IN (%s)
          LIMIT %d"""
              .formatted(
                  source.line().map(line -> Sql.identifier(line.name())).orElse("NULL"),
                  source.fileName().map(file -> Sql.identifier(file.name())).orElse("NULL"),
                  rows.stream().map(String::valueOf).collect(Collectors.joining(", ")),
                  rows.size()));
      return;
    }
    String values =
        source.places(rows).entrySet().stream()
            .map(
                at ->
                    "(%d, %d, %d)"
                        .formatted(at.getKey(), at.getValue().line(), at.getValue().byteOffset()))
            .collect(Collectors.joining(", "));
    if (!values.isEmpty()) {
      engine.run("INSERT INTO places (\"$_row\", line, byte_offset) VALUES " + values);
    }
  }

  /** The row's values, as one. */
  private String fields() {
    return Stream.concat(snapshot.columns().keySet().stream(), Stream.of(SystemColumns.REF))
        .map(name -> Sql.literal(name) + ": " + inJson(name))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** JSON has no word for what is not finite: it is a text there. */
  private String inJson(String name) {
    String value = "s." + Sql.identifier(name);
    String type = snapshot.columns().get(name);
    return "DOUBLE".equals(type) || "FLOAT".equals(type)
        ? "CASE WHEN isfinite(%1$s) THEN to_json(%1$s) ELSE to_json(%1$s::VARCHAR) END"
            .formatted(value)
        : value;
  }

  private String names() {
    return Comparison.list(key);
  }

  private List<String> quoted() {
    return key.stream().map(Sql::identifier).toList();
  }

  private String isWhole(String prefix) {
    return key.stream()
        .map(column -> prefix + Sql.identifier(column) + " IS NOT NULL")
        .collect(Collectors.joining(" AND "));
  }
}
