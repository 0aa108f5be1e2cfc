package dev.odyssey.transform.diff;

import dev.odyssey.transform.engine.Sql;
import dev.odyssey.transform.snapshot.Previous;
import dev.odyssey.transform.snapshot.StoredType;
import dev.odyssey.transform.types.Retyping;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * SQL that compares two snapshots by the columns that both have; names are the same but for case,
 * as for the engine. Immutable.
 *
 * @param common the columns of both, named as the later one names them
 * @param retyped those of them whose type changed
 * @param key what rows are told apart by; empty where by all they hold
 */
record SnapshotPair(
    Previous before, Previous after, List<String> common, List<String> retyped, List<String> key) {
  private static final Set<String> DAY_AND_TIME = Set.of("DATE", "TIMESTAMP");

  SnapshotPair(Previous before, Previous after) {
    this(before, after, common(before, after), retyped(before, after), key(before, after));
  }

  List<String> added() {
    return apart(after, before);
  }

  List<String> removed() {
    return apart(before, after);
  }

  String was() {
    return side(before);
  }

  String now() {
    return side(after);
  }

  /**
   * One row: inserted, updated, deleted, unchanged, and column_0 and so on for each that differs.
   */
  String counts() {
    return key.isEmpty() ? countsByContent() : countsByKey();
  }

  /**
   * Rows of this kind: of each common column the text before and after.
   *
   * @param kind inserted, updated or deleted
   */
  String examples(String kind, int limit) {
    return key.isEmpty() ? examplesByContent(kind, limit) : examplesByKey(kind, limit);
  }

  private String countsByKey() {
    List<String> counts = new ArrayList<>();
    counts.add(counted("was.\"$_here\" IS NULL", "inserted"));
    counts.add(counted("now.\"$_here\" IS NULL", "deleted"));
    counts.add(counted(both(differs()), "updated"));
    counts.add(counted(both("NOT (" + differs() + ")"), "unchanged"));
    for (int i = 0; i < common.size(); i++) {
      counts.add(counted(both(differs(common.get(i))), "column_" + i));
    }
    return "SELECT %s\n%s".formatted(String.join(",\n  ", counts), join());
  }

  private String examplesByKey(String kind, int limit) {
    String condition =
        switch (kind) {
          case "inserted" -> "was.\"$_here\" IS NULL";
          case "deleted" -> "now.\"$_here\" IS NULL";
          default -> both(differs());
        };
    String texts =
        common.stream()
            .map(Sql::identifier)
            .map("was.%1$s::VARCHAR, now.%1$s::VARCHAR"::formatted)
            .collect(Collectors.joining(",\n  "));
    String order =
        key.stream()
            .map(Sql::identifier)
            .map("coalesce(now.%1$s, was.%1$s)"::formatted)
            .collect(Collectors.joining(", "));
    return "SELECT %s\n%s\nWHERE %s\nORDER BY %s\nLIMIT %d"
        .formatted(texts, join(), condition, order, limit);
  }

  private String join() {
    String on =
        key.stream()
            .map(Sql::identifier)
            .map("was.%1$s = now.%1$s"::formatted)
            .collect(Collectors.joining(" AND "));
    return "FROM was FULL JOIN now ON " + on;
  }

  private String countsByContent() {
    if (common.isEmpty()) { // no row says what one of the other does
      return "SELECT %d AS inserted, 0 AS updated, %d AS deleted, 0 AS unchanged"
          .formatted(after.rows(), before.rows());
    }
    return """
    SELECT coalesce(sum(greatest("$_more", 0)), 0)::BIGINT AS inserted, 0 AS updated,
      coalesce(sum(greatest(-"$_more", 0)), 0)::BIGINT AS deleted,
      %d - coalesce(sum(greatest(-"$_more", 0)), 0)::BIGINT AS unchanged
    FROM (%s)"""
        .formatted(before.rows(), multisets());
  }

  private String examplesByContent(String kind, int limit) {
    boolean isNew = kind.equals("inserted");
    String texts =
        common.stream()
            .map(Sql::identifier)
            .map((isNew ? "NULL, %s::VARCHAR" : "%s::VARCHAR, NULL")::formatted)
            .collect(Collectors.joining(",\n  "));
    return "SELECT %s\nFROM (%s)\nWHERE %s\nORDER BY ALL\nLIMIT %d"
        .formatted(
            texts,
            multisets(),
            kind.equals("updated") ? "false" : "\"$_more\" " + (isNew ? "> 0" : "< 0"),
            limit);
  }

  /** Each different row, and how many more of it there are now. */
  private String multisets() {
    String columns = common.stream().map(Sql::identifier).collect(Collectors.joining(", "));
    return """
    SELECT %1$s, sum("$_sign") AS "$_more"
    FROM (SELECT %1$s, -1 AS "$_sign" FROM was UNION ALL SELECT %1$s, 1 FROM now)
    GROUP BY %1$s"""
        .formatted(columns);
  }

  private String side(Previous snapshot) {
    String columns =
        common.stream()
            .map(
                name ->
                    (retyped.contains(name) ? text(name) : Sql.identifier(name))
                        + " AS "
                        + Sql.identifier(name)
                        + ",\n  ")
            .collect(Collectors.joining());
    return "SELECT %strue AS \"$_here\"\nFROM %s".formatted(columns, Sql.parquet(snapshot.files()));
  }

  /**
   * As what both types can say: a day is a time at midnight, and a number is padded behind its
   * point as its type wants, 5.0000 or 5.00000000.
   */
  private String text(String name) {
    String column = Sql.identifier(name);
    Set<String> types =
        Stream.of(before, after)
            .map(side -> side.type(name).orElseThrow())
            .collect(Collectors.toSet());
    if (types.equals(DAY_AND_TIME)) {
      return column + "::TIMESTAMP::VARCHAR";
    }
    String text = column + "::VARCHAR";
    return types.stream().anyMatch(Retyping::isFraction) ? Retyping.plain(text) : text;
  }

  private String differs() {
    return common.stream().map(this::differs).collect(Collectors.joining(" OR "));
  }

  private String differs(String name) {
    boolean nested = !retyped.contains(name) && StoredType.isNested(after.columns().get(name));
    return Stream.of("was.", "now.")
        .map(side -> side + Sql.identifier(name))
        .map(value -> nested ? Sql.sortKey(value) : value)
        .collect(Collectors.joining(" IS DISTINCT FROM "));
  }

  private static String both(String condition) {
    return "was.\"$_here\" AND now.\"$_here\" AND (" + condition + ")";
  }

  private static String counted(String condition, String name) {
    return "count(*) FILTER (WHERE %s) AS %s".formatted(condition, name);
  }

  private static List<String> common(Previous before, Previous after) {
    Map<String, String> old = before.types();
    return after.columns().keySet().stream().filter(old::containsKey).toList();
  }

  private static List<String> retyped(Previous before, Previous after) {
    Map<String, String> old = before.types();
    return common(before, after).stream()
        .filter(name -> !old.get(name).equals(after.columns().get(name)))
        .toList();
  }

  private static List<String> key(Previous before, Previous after) {
    List<String> key = after.primaryKey();
    boolean usable = key.equals(before.primaryKey()) && common(before, after).containsAll(key);
    return usable ? key : List.of();
  }

  private static List<String> apart(Previous one, Previous other) {
    Map<String, String> known = other.types();
    return one.columns().keySet().stream().filter(name -> !known.containsKey(name)).toList();
  }
}
