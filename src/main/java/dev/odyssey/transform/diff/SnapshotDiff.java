package dev.odyssey.transform.diff;

import dev.odyssey.transform.TransformSettings;
import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.snapshot.Previous;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Says what changed between two published snapshots of a stream, for people: by their primary key
 * where both have the same, else as multisets of rows. Values are compared, so that no change of
 * {@code $_ref} matters. Not thread-safe.
 */
public final class SnapshotDiff {
  private final TransformSettings settings;
  private final Path directory;
  private final UUID stream;

  /**
   * @param directory holds both snapshots, and what the engine spills
   */
  public SnapshotDiff(TransformSettings settings, Path directory, UUID stream) {
    this.settings = settings;
    this.directory = directory;
    this.stream = stream;
  }

  /**
   * @param key what rows are told apart by; empty where by all they hold
   * @param changedColumns in how many of the updated rows each column differs; those that do
   * @param retyped columns whose type changed: their values are compared as texts, without the
   *     zeros that pad a number
   * @param rows examples, as many as asked for of each kind
   */
  public record Result(
      List<String> key,
      long rowsBefore,
      long rowsAfter,
      long inserted,
      long updated,
      long deleted,
      long unchanged,
      Map<String, Long> changedColumns,
      List<String> addedColumns,
      List<String> removedColumns,
      List<String> retyped,
      List<Row> rows) {}

  /**
   * @param kind inserted, updated or deleted
   * @param key of the row, by column; empty without a primary key
   * @param values those that changed, or all of a row that came or went
   */
  public record Row(String kind, Map<String, String> key, Map<String, Values> values) {}

  /**
   * @param before null for NULL, and of an inserted row
   * @param after null for NULL, and of a deleted row
   */
  public record Values(String before, String after) {}

  /** One of the two cannot be read; the message says why, as a clause about "it". */
  public static final class Unreadable extends Exception {
    private static final long serialVersionUID = 1;

    Unreadable(String why) {
      super(why);
    }
  }

  /**
   * @param before a directory of Parquet files
   * @param after the same
   * @param examples how many rows of each kind to show
   */
  public Result compare(Path before, Path after, int examples)
      throws SQLException, IOException, Unreadable {
    try (Engine engine = Engine.open(directory.toRealPath(), settings)) {
      var sides = new SnapshotPair(open(engine, before), open(engine, after));
      engine.view("was", "The earlier snapshot.", sides.was());
      engine.view("now", "The later one.", sides.now());
      Map<String, Long> counts = engine.counts(sides.counts());
      return new Result(
          sides.key(),
          sides.before().rows(),
          sides.after().rows(),
          counts.get("inserted"),
          counts.get("updated"),
          counts.get("deleted"),
          counts.get("unchanged"),
          changedColumns(sides, counts),
          sides.added(),
          sides.removed(),
          sides.retyped(),
          rows(engine, sides, examples));
    }
  }

  private Previous open(Engine engine, Path path) throws Unreadable {
    try {
      return Previous.open(engine, path, stream);
    } catch (Previous.Unusable e) {
      throw new Unreadable(e.getMessage());
    }
  }

  private static Map<String, Long> changedColumns(SnapshotPair sides, Map<String, Long> counts) {
    Map<String, Long> changed = new LinkedHashMap<>();
    for (int i = 0; i < sides.common().size(); i++) {
      long count = counts.getOrDefault("column_" + i, 0L);
      if (count > 0) {
        changed.put(sides.common().get(i), count);
      }
    }
    return changed;
  }

  private static List<Row> rows(Engine engine, SnapshotPair sides, int examples)
      throws SQLException {
    List<Row> rows = new ArrayList<>();
    if (examples == 0 || sides.common().isEmpty()) {
      return rows;
    }
    for (String kind : List.of("updated", "inserted", "deleted")) {
      engine.rows(
          sides.examples(kind, examples),
          row -> {
            Map<String, Values> all = new LinkedHashMap<>();
            int column = 1;
            for (String name : sides.common()) {
              all.put(name, new Values(row.getString(column), row.getString(column + 1)));
              column += 2;
            }
            rows.add(row(kind, all, sides.key()));
          });
    }
    return rows;
  }

  private static Row row(String kind, Map<String, Values> all, List<String> key) {
    Map<String, String> keyValues = new TreeMap<>();
    Map<String, Values> values = new LinkedHashMap<>();
    all.forEach(
        (name, value) -> {
          if (key.contains(name)) {
            keyValues.put(name, value.before() == null ? value.after() : value.before());
          }
          boolean same = java.util.Objects.equals(value.before(), value.after());
          if (!kind.equals("updated") || !same) {
            values.put(name, value);
          }
        });
    return new Row(kind, keyValues, values);
  }
}
