package dev.odyssey.transform.diff;

import dev.odyssey.transform.TransformSettings;
import dev.odyssey.transform.definition.SystemColumns;
import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.Sql;
import dev.odyssey.transform.snapshot.Previous;
import dev.odyssey.transform.snapshot.StoredType;
import dev.odyssey.transform.types.Retyping;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * SQL that compares a file's rows with the last snapshot's: views over views, by name. The join is
 * on the primary key, else on what the row holds, and only narrow columns go through it: of what
 * may be wide its hash. Immutable.
 *
 * @param drift the columns of both snapshots
 * @param old the last snapshot's columns as they are now
 * @param key the primary key; empty for none
 * @param sameRef true when both snapshots' {@code $_ref} can be compared
 * @param byHash whether rows whose keys, or contents, have one hash are taken for one
 */
public record Comparison(
    Snapshot snapshot,
    Previous previous,
    Drift drift,
    OldColumns old,
    List<String> key,
    boolean sameRef,
    boolean byHash) {
  static final String COMMON = "$_common";
  private static final String KEY = "$_key_";

  /** Of rows that no key has matched, those that their key does not reject. */
  static final String WITHOUT_REJECTS = "(FROM settled ANTI JOIN key_rejects USING (\"$_row\"))";

  /** What rows are matched by, of both sides. */
  private static final String IDENTITY = "\"$_identity\"";

  /**
   * @param ways as {@link Retyping#way}, of the retyped columns that have one
   */
  public static Comparison of(
      Snapshot snapshot,
      Previous previous,
      Drift drift,
      Map<String, String> ways,
      List<String> key) {
    boolean sameRef =
        drift.isNone()
            && previous.refVersion().equals("1")
            && snapshot.refHash().version().equals("1");
    OldColumns old = new OldColumns(snapshot, previous, drift, ways);
    Comparison exact = new Comparison(snapshot, previous, drift, old, key, sameRef, false);
    return exact.with(exact.isWide());
  }

  /** The same rows matched by the keys themselves. */
  Comparison exact() {
    return with(false);
  }

  private Comparison with(boolean byHash) {
    return new Comparison(snapshot, previous, drift, old, key, sameRef, byHash);
  }

  /** Whether what rows are matched by is of any length. */
  private boolean isWide() {
    return !isByKey() || key.size() > 1 || isText(drift.now().get(key.get(0)));
  }

  private static boolean isText(String type) {
    return Set.of("VARCHAR", "JSON", "BLOB").contains(type) || StoredType.isNested(type);
  }

  boolean isByKey() {
    return !key.isEmpty() && drift.added().stream().noneMatch(key::contains);
  }

  /** What tells a row of this run from others: columns of {@code staged}. */
  private List<String> nowKeys() {
    return isByKey() ? quoted(key) : List.of(quoted(content()));
  }

  /**
   * @param read rows of the file
   */
  Slices slices(Engine engine, long read) throws SQLException {
    String type = isWide() && !byHash ? "VARCHAR" : "UBIGINT";
    return Slices.of(engine, Math.max(read, previous.rows()), type);
  }

  /** These columns as one that is NULL where one of them is, and matches nothing. */
  private String identity(List<String> columns) {
    if (!isWide()) {
      return columns.get(0);
    }
    String value =
        byHash
            ? "hash(" + String.join(", ", columns) + ")"
            : columns.stream()
                .map(Sql::ascending)
                .collect(Collectors.joining(", ", "create_sort_key(", ")"));
    return "CASE WHEN %s IS NOT NULL THEN %s END"
        .formatted(String.join(" IS NOT NULL AND ", columns), value);
  }

  /** The column that is equal where no value changed. */
  String content() {
    return sameRef ? SystemColumns.REF : COMMON;
  }

  /** The last snapshot with the columns of this one, and what it is joined by. */
  String previousRows() {
    List<String> columns = new ArrayList<>();
    drift.now().forEach((name, type) -> columns.add(old.kept(name, type) + " AS " + quoted(name)));
    columns.add(quoted(SystemColumns.REF) + " AS \"$_old_ref\"");
    columns.add(quoted(SystemColumns.TIMESTAMP));
    columns.add(quoted(SystemColumns.LAST_UPDATED));
    columns.add(previous.place() + " AS \"$_place\"");
    if (!drift.retyped().isEmpty()) {
      columns.add(old.exact(drift.retyped()) + " AS \"$_exact\"");
    }
    if (isKeyRetyped()) {
      columns.add(old.exact(retypedKey()) + " AS \"$_exact_key\"");
    }
    return select(List.of("*", joinedBy()), "(\n" + select(columns, previous.placed()) + ")");
  }

  /** {@code $_common}, and for a key {@code $_key_1} and so on, NULL where no row can match. */
  private String joinedBy() {
    String common = sameRef ? quoted("$_old_ref") : commonRef();
    if (!sameRef && !drift.retyped().isEmpty()) {
      common = "CASE WHEN \"$_exact\" THEN " + common + " END";
    }
    List<String> columns = new ArrayList<>(List.of(common + " AS \"" + COMMON + "\""));
    if (isByKey()) {
      for (int i = 0; i < key.size(); i++) {
        columns.add(oldKey(key.get(i)) + " AS " + quoted(KEY + (i + 1)));
      }
    }
    return String.join(",\n  ", columns);
  }

  /**
   * Where rows were told apart by another key, or by texts such as 5 and 5.0 that are one number
   * now, the last one of those that share this key.
   */
  private String oldKey(String column) {
    String value = quoted(column);
    if (wasKey() && !isKeyRetyped()) {
      return value;
    }
    String exact = isKeyRetyped() ? "\"$_exact_key\"" : "true";
    return "CASE WHEN %1$s AND row_number() OVER (PARTITION BY %2$s, %1$s ORDER BY \"$_place\" DESC) = 1 THEN %3$s END"
        .formatted(exact, list(key), value);
  }

  private boolean isKeyRetyped() {
    return isByKey() && !retypedKey().isEmpty();
  }

  private List<String> retypedKey() {
    return drift.retyped().stream().filter(key::contains).toList();
  }

  private boolean wasKey() {
    return previous.primaryKey().equals(key);
  }

  /**
   * Narrow columns: whose row, what it held, since when, and where it stands. One row an identity.
   *
   * @param furtherCopies whether the table of that name has rows to leave out
   */
  String previousKeys(boolean furtherCopies) {
    String select =
        select(
            List.of(
                identity(keys()) + " AS " + IDENTITY,
                contentHash(quoted(COMMON)) + " AS \"$_content\"",
                quoted(SystemColumns.LAST_UPDATED),
                "\"$_place\""),
            "previous_rows");
    return furtherCopies ? select + "\nANTI JOIN further_copies USING (\"$_place\")" : select;
  }

  /** Of half of it where rows are matched by a hash of all of it: two that share both are one. */
  private String contentHash(String content) {
    return isByKey() ? "hash(" + content + ")" : "hash(right(" + content + ", 16))";
  }

  /** What happened to the rows of {@code staged}, as if no two had one identity: of one slice. */
  String compared(Slices slices, int number) {
    String same = "p.\"$_content\" = " + contentHash("s." + quoted(content()));
    String updated = quoted(SystemColumns.LAST_UPDATED);
    return """
        SELECT s."$_row",
          CASE
            WHEN p."$_place" IS NULL THEN %s
            WHEN %s THEN %s
            ELSE %s
          END AS operation,
          CASE WHEN %s THEN p.%s ELSE %s END AS "$_last_updated",
          p."$_place"
        FROM %s AS s
        LEFT JOIN %s AS p USING (%s)"""
        .formatted(
            operation("INSERT"),
            same,
            operation("NO_CHANGE"),
            operation("UPDATE"),
            same,
            updated,
            snapshot.readAt(),
            slices.of(
                number,
                "(SELECT *, %s AS %s FROM staged)".formatted(identity(nowKeys()), IDENTITY),
                IDENTITY),
            slices.of(number, "previous_keys", IDENTITY),
            IDENTITY);
  }

  /** Rows of which one was taken for an update of the other, and is: of one slice. */
  String updates(Slices slices, int number) {
    String updated =
        "(FROM staged SEMI JOIN (FROM settled WHERE operation = 'UPDATE') USING (\"$_row\"))";
    return "%s AS p\nJOIN %s AS s ON %s"
        .formatted(
            slices.of(number, "previous_rows", String.join(", ", keys())),
            slices.of(number, updated, list(key)),
            on("s", key, "p", keys()));
  }

  /** A byte for each row, where the word would take sixteen. */
  static String operation(String word) {
    return "'" + word + "'::ENUM('INSERT', 'UPDATE', 'NO_CHANGE')";
  }

  /** Which places {@code settled} has taken, as {@link RowNumbers}. */
  String takenPlaces() {
    return RowNumbers.of("\"$_place\"", isByKey() ? "settled" : WITHOUT_REJECTS);
  }

  /** The places of the rows of the last snapshot that {@code taken_places} lacks. */
  String untakenPlaces() {
    return """
        SELECT "$_place"
        FROM (SELECT %s AS "$_place" FROM %s)
        %s"""
        .formatted(
            previous.place(), previous.placed(), RowNumbers.without("taken_places", "\"$_place\""));
  }

  /** These rows, by {@code gone_places}: so the wide ones pass by a few narrow ones. */
  String gone() {
    return "SELECT p.*\nFROM previous_rows AS p\nSEMI JOIN gone_places USING (\"$_place\")";
  }

  /** The same rows in their order, where they stay and mostly are many. */
  String staying() {
    return "SELECT *\nFROM previous_rows\nWHERE NOT "
        + RowNumbers.has("taken_places", "\"$_place\"");
  }

  /**
   * For each retyped column, how many of these rows' values do not say the same in its new type.
   *
   * @param condition that the rows fulfil
   */
  String inexact(String condition) {
    List<String> counts =
        drift.retyped().stream()
            .map(
                name ->
                    "count_if(NOT (%s)) AS %s".formatted(old.exact(List.of(name)), quoted(name)))
            .toList();
    return select(
        counts,
        "(SELECT *, %s AS \"$_place\" FROM %s)\nSEMI JOIN (SELECT \"$_place\" FROM gone WHERE %s) USING (\"$_place\")"
            .formatted(previous.place(), previous.placed(), condition));
  }

  /** Their columns of {@code previous_rows}. */
  List<String> keys() {
    List<String> keys = new ArrayList<>();
    for (int i = 1; isByKey() && i <= key.size(); i++) {
      keys.add(quoted(KEY + i));
    }
    return isByKey() ? keys : List.of(quoted(COMMON));
  }

  /** SQL of the hash of what both snapshots have; NULL, which equals nothing, for nothing. */
  String commonRef() {
    Map<String, String> common = drift.common();
    return common.isEmpty() ? Ref.NOTHING : Ref.sql(common, TransformSettings.RefHash.V1);
  }

  static String on(String left, List<String> leftNames, String right, List<String> rightQuoted) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < leftNames.size(); i++) {
      pairs.add(
          "%s.%s = %s.%s".formatted(left, quoted(leftNames.get(i)), right, rightQuoted.get(i)));
    }
    return String.join(" AND ", pairs);
  }

  public static String list(Collection<String> names) {
    return String.join(", ", quoted(names));
  }

  private static List<String> quoted(Collection<String> names) {
    return names.stream().map(Sql::identifier).toList();
  }

  static String quoted(String name) {
    return Sql.identifier(name);
  }

  private static String select(List<String> columns, String from) {
    return "SELECT\n  " + String.join(",\n  ", columns) + "\nFROM " + from;
  }
}
