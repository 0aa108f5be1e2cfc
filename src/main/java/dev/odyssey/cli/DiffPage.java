package dev.odyssey.cli;

import dev.odyssey.transform.diff.SnapshotDiff;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** What {@code diff} shows to a person. */
final class DiffPage {
  private final PrintWriter out;
  private final int width;
  private final Colours colours;

  DiffPage(PrintWriter out, int width, Colours colours) {
    this.out = out;
    this.width = width;
    this.colours = colours;
  }

  void print(SnapshotDiff.Result diff) {
    out.println("%,d rows, then %,d".formatted(diff.rowsBefore(), diff.rowsAfter()));
    out.println(
        "%,d inserted, %,d updated, %,d deleted, %,d unchanged"
            .formatted(diff.inserted(), diff.updated(), diff.deleted(), diff.unchanged()));
    if (diff.key().isEmpty()) {
      out.println("Without a common primary key: rows are compared as a whole.");
    }
    columns("Columns that came", diff.addedColumns());
    columns("Columns that went", diff.removedColumns());
    columns("Columns of another type, compared as texts", diff.retyped());
    changedColumns(diff.changedColumns());
    updated(diff);
    whole(diff, "inserted", diff.inserted());
    whole(diff, "deleted", diff.deleted());
    out.flush();
  }

  private void columns(String what, List<String> names) {
    if (!names.isEmpty()) {
      Terminal.wrap(what + ": " + String.join(", ", names), width).forEach(out::println);
    }
  }

  private void changedColumns(Map<String, Long> columns) {
    if (columns.isEmpty()) {
      return;
    }
    heading("Columns that changed");
    List<List<String>> rows = new ArrayList<>();
    columns.forEach((name, count) -> rows.add(List.of(name, "%,d".formatted(count))));
    new TextTable(List.of("column", "rows"), Set.of(1), rows).print(out, width);
  }

  private void updated(SnapshotDiff.Result diff) {
    List<List<String>> rows = new ArrayList<>();
    for (SnapshotDiff.Row row : of(diff, "updated")) {
      String key =
          row.key().size() == 1
              ? String.valueOf(row.key().values().iterator().next())
              : row.key().toString();
      for (Map.Entry<String, SnapshotDiff.Values> value : row.values().entrySet()) {
        rows.add(
            Arrays.asList(
                key, value.getKey(), value.getValue().before(), value.getValue().after()));
        key = "";
      }
    }
    if (rows.isEmpty()) {
      return;
    }
    heading("Updated" + shown(of(diff, "updated").size(), diff.updated()));
    new TextTable(
            List.of(String.join(", ", diff.key()), "column", "before", "after"), Set.of(), rows)
        .print(out, width);
  }

  private void whole(SnapshotDiff.Result diff, String kind, long count) {
    List<SnapshotDiff.Row> rows = of(diff, kind);
    if (rows.isEmpty()) {
      return;
    }
    heading(Character.toUpperCase(kind.charAt(0)) + kind.substring(1) + shown(rows.size(), count));
    List<List<String>> cells = new ArrayList<>();
    for (SnapshotDiff.Row row : rows) {
      cells.add(
          row.values().values().stream()
              .map(v -> kind.equals("inserted") ? v.after() : v.before())
              .collect(Collectors.toCollection(ArrayList::new)));
    }
    new TextTable(List.copyOf(rows.get(0).values().keySet()), Set.of(), cells).print(out, width);
  }

  private static List<SnapshotDiff.Row> of(SnapshotDiff.Result diff, String kind) {
    return diff.rows().stream().filter(row -> row.kind().equals(kind)).toList();
  }

  private static String shown(long shown, long all) {
    return shown < all ? ", the first %,d of %,d".formatted(shown, all) : "";
  }

  private void heading(String text) {
    out.println();
    out.println(colours.bold(text));
  }
}
