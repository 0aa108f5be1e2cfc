package dev.odyssey.transform.diff;

import dev.odyssey.transform.Job;
import dev.odyssey.transform.TransformResult;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** The diff in a few loops over lists of rows: slow, and easy to believe. Values are texts. */
final class PlainDiff {
  private record Row(Map<String, String> values, String operation, Instant updated) {}

  private static final String COUNTS =
      "processed %d, inserted %d, updated %d, unchanged %d, deleted %d, rejected %d, duplicates %d, total %d";

  private final List<String> key;
  private final boolean incremental;
  private final String cursor;
  private List<String> columns;
  private List<Row> live;
  private final List<String> changes = new ArrayList<>();
  private final List<String> rejects = new ArrayList<>();
  private final Map<String, Integer> counts = new HashMap<>();

  private final Map<String, UnaryOperator<String>> compared = new HashMap<>();
  private final Map<String, UnaryOperator<String>> converted = new HashMap<>();

  PlainDiff(List<String> key, boolean incremental) {
    this(key, incremental, "version");
  }

  /**
   * @param cursor a column of digits; null for none
   */
  PlainDiff(List<String> key, boolean incremental, String cursor) {
    this.key = key;
    this.incremental = incremental;
    this.cursor = cursor;
  }

  /** Before a sync: what a column's old values are compared as, and what becomes of those kept. */
  void retype(String column, UnaryOperator<String> as, UnaryOperator<String> becomes) {
    compared.put(column, as);
    converted.put(column, becomes);
  }

  void sync(List<String> newColumns, List<Map<String, String>> file, Instant now) {
    counts.clear();
    changes.clear();
    rejects.clear();
    List<String> common = new ArrayList<>(newColumns);
    if (columns != null) {
      common.retainAll(columns);
    }
    List<Row> before = live == null ? List.of() : new ArrayList<>(live);
    before = before.stream().map(row -> withColumns(row, newColumns)).toList();
    List<Row> left = new ArrayList<>(before);
    left.sort(Comparator.comparing(Row::updated));
    List<Row> after = new ArrayList<>();
    for (Map<String, String> values : key.isEmpty() ? file : winners(file)) {
      Row old = takeMatch(left, values, common);
      after.add(next(values, old, common, now));
    }
    for (Row old : left) {
      Row gone = new Row(converted(old.values()), old.operation(), old.updated());
      if (incremental) {
        after.add(new Row(gone.values(), "NO_CHANGE", gone.updated()));
      } else {
        count("deleted", 1);
        changes.add("change DELETE|" + shown(gone.values(), newColumns));
      }
    }
    columns = newColumns;
    live = after;
  }

  private Row next(Map<String, String> values, Row old, List<String> common, Instant now) {
    String operation =
        live == null
            ? "SNAPSHOT"
            : old == null ? "INSERT" : same(values, old.values(), common) ? "NO_CHANGE" : "UPDATE";
    count(operation, 1);
    if (operation.equals("INSERT") || operation.equals("UPDATE")) {
      changes.add("change " + operation + "|" + shown(values, new ArrayList<>(values.keySet())));
    }
    return new Row(values, operation, operation.equals("NO_CHANGE") ? old.updated() : now);
  }

  /** The row with the greatest version, NULL the least, else the last one. */
  private List<Map<String, String>> winners(List<Map<String, String>> file) {
    Map<String, Map<String, String>> winners = new LinkedHashMap<>();
    for (Map<String, String> row : file) {
      if (key.stream().anyMatch(column -> row.get(column) == null)) {
        reject(row);
        continue;
      }
      String id = shown(row, key);
      Map<String, String> rival = winners.get(id);
      if (rival != null) {
        count("duplicates", 1);
      }
      boolean wins = rival == null || version(row).compareTo(version(rival)) >= 0;
      if (rival != null) {
        reject(wins ? rival : row);
      }
      if (wins) {
        winners.put(id, row);
      }
    }
    return new ArrayList<>(winners.values());
  }

  private void reject(Map<String, String> row) {
    count("rejected", 1);
    rejects.add("reject " + shown(row, new ArrayList<>(row.keySet())));
  }

  private Integer version(Map<String, String> row) {
    String version = cursor == null ? null : row.get(cursor);
    return version == null ? -1 : Integer.parseInt(version);
  }

  private Map<String, String> converted(Map<String, String> values) {
    Map<String, String> now = new LinkedHashMap<>(values);
    now.replaceAll((column, value) -> converted.getOrDefault(column, v -> v).apply(value));
    return now;
  }

  private Row takeMatch(List<Row> left, Map<String, String> values, List<String> common) {
    for (Row row : left) {
      if (same(values, row.values(), key.isEmpty() ? common : key)) {
        left.remove(row);
        return row;
      }
    }
    return null;
  }

  private boolean same(Map<String, String> now, Map<String, String> old, List<String> columns) {
    return columns.stream()
        .allMatch(
            column ->
                Objects.equals(
                    now.get(column), compared.getOrDefault(column, v -> v).apply(old.get(column))));
  }

  private static Row withColumns(Row row, List<String> columns) {
    Map<String, String> values = new LinkedHashMap<>();
    columns.forEach(column -> values.put(column, row.values().get(column)));
    return new Row(values, row.operation(), row.updated());
  }

  static String counts(TransformResult result) {
    return COUNTS.formatted(
        result.processed(),
        result.inserted(),
        result.updated(),
        result.unchanged(),
        result.deleted(),
        result.rejected(),
        result.duplicateKeys(),
        result.totalRows());
  }

  /** Counts, live rows, changes and rejects, each sorted. */
  List<String> described() {
    List<String> lines = new ArrayList<>();
    int inserted = count("SNAPSHOT") + count("INSERT");
    int taken = inserted + count("UPDATE") + count("NO_CHANGE");
    lines.add(
        COUNTS.formatted(
            taken + count("rejected"),
            inserted,
            count("UPDATE"),
            count("NO_CHANGE"),
            count("deleted"),
            count("rejected"),
            count("duplicates"),
            live.size()));
    live.stream()
        .map(
            row ->
                "live %s|%s|%d"
                    .formatted(
                        row.operation(),
                        shown(row.values(), columns),
                        row.updated().getEpochSecond() - Job.READ_AT.getEpochSecond()))
        .sorted()
        .forEach(lines::add);
    Collections.sort(changes);
    lines.addAll(changes);
    Collections.sort(rejects);
    lines.addAll(rejects);
    return lines;
  }

  private static String shown(Map<String, String> values, List<String> columns) {
    return new TreeSet<>(columns)
        .stream()
            .map(column -> Objects.requireNonNullElse(values.get(column), "~"))
            .reduce((a, b) -> a + "|" + b)
            .orElseThrow();
  }

  private int count(String what) {
    return counts.getOrDefault(what, 0);
  }

  private void count(String what, int more) {
    counts.merge(what, more, Integer::sum);
  }
}
