package dev.odyssey.transform;

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

/** The diff in a few loops over lists of rows: slow, and easy to believe. Text columns only. */
final class PlainDiff {
  private record Row(Map<String, String> values, String operation, Instant updated) {}

  private final List<String> key;
  private final boolean incremental;
  private List<String> columns;
  private List<Row> live;
  private final List<String> changes = new ArrayList<>();
  private final Map<String, Integer> counts = new HashMap<>();

  PlainDiff(List<String> key, boolean incremental) {
    this.key = key;
    this.incremental = incremental;
  }

  void sync(List<String> newColumns, List<Map<String, String>> file, Instant now) {
    counts.clear();
    changes.clear();
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
    for (Row gone : left) {
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
        count("rejected", 1);
        continue;
      }
      String id = shown(row, key);
      Map<String, String> rival = winners.get(id);
      if (rival != null) {
        count("rejected", 1);
        count("duplicates", 1);
      }
      if (rival == null || version(row).compareTo(version(rival)) >= 0) {
        winners.put(id, row);
      }
    }
    return new ArrayList<>(winners.values());
  }

  private static String version(Map<String, String> row) {
    return Objects.requireNonNullElse(row.get("version"), "");
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

  private static boolean same(Map<String, String> a, Map<String, String> b, List<String> columns) {
    return columns.stream().allMatch(column -> Objects.equals(a.get(column), b.get(column)));
  }

  private static Row withColumns(Row row, List<String> columns) {
    Map<String, String> values = new LinkedHashMap<>();
    columns.forEach(column -> values.put(column, row.values().get(column)));
    return new Row(values, row.operation(), row.updated());
  }

  List<String> described() {
    List<String> lines = new ArrayList<>();
    int inserted = count("SNAPSHOT") + count("INSERT");
    int taken = inserted + count("UPDATE") + count("NO_CHANGE");
    lines.add(
        "processed %d, inserted %d, updated %d, unchanged %d, deleted %d, rejected %d, duplicates %d, total %d"
            .formatted(
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
