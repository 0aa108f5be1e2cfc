package dev.odyssey.console;

import dev.odyssey.publish.StoredObjects;
import dev.odyssey.transform.ParquetPreview;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The first rows of published objects. An object never changes, so what was read is remembered;
 * thread-safe, one read at a time.
 */
final class ObjectRows {
  private static final int REMEMBERED = 20;

  private final StoredObjects objects;
  private final ParquetPreview preview;
  private final Map<String, ParquetPreview.Rows> remembered =
      Collections.synchronizedMap(
          new LinkedHashMap<>(REMEMBERED, 0.75f, true) {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, ParquetPreview.Rows> eldest) {
              return size() > REMEMBERED;
            }
          });

  ObjectRows(StoredObjects objects, ParquetPreview preview) {
    this.objects = objects;
    this.preview = preview;
  }

  /** The keys of a run's objects, by what they hold; which of them exist is not asked. */
  static Map<String, Object> keys(String snapshotKey) {
    String stem = snapshotKey.replaceFirst("\\.parquet$", "");
    var keys = new LinkedHashMap<String, Object>();
    keys.put("snapshot", snapshotKey);
    keys.put("changes", stem + ".changes.parquet");
    keys.put("rejects", stem + ".rejects.parquet");
    return keys;
  }

  Map<String, Object> ofStream(Map<String, Object> stream) {
    var model = new LinkedHashMap<String, Object>();
    model.put("streamId", stream.get("id"));
    model.put("streamName", stream.get("name"));
    model.put("what", "snapshot");
    read(model, stream.get("snapshotPath"));
    model.put("details", DetailsModel.of(Models.object(stream, "latest")));
    model.put("columns", columns(model));
    return model;
  }

  /**
   * @param what changes or rejects
   */
  Map<String, Object> ofRun(Map<String, Object> run, String what) {
    var model = new LinkedHashMap<String, Object>();
    model.put("streamId", run.get("streamId"));
    model.put("streamName", run.get("streamName"));
    model.put("runId", run.get("runId"));
    model.put("what", what);
    Object snapshot =
        Models.rows(run, "attempts").stream()
            .map(attempt -> Models.object(attempt, "result").get("snapshotPath"))
            .filter(String.class::isInstance)
            .findFirst()
            .orElse(null);
    read(model, snapshot == null ? null : keys(snapshot.toString()).get(what));
    model.put("columns", columns(model));
    return model;
  }

  private void read(Map<String, Object> model, Object key) {
    if (key == null) {
      model.put("problem", "Nothing is published yet.");
      return;
    }
    model.put("key", key);
    try {
      model.put("rows", rows(key.toString()));
    } catch (StoredObjects.NoSuchObject e) {
      model.put("problem", "There is no such object: the run had none to publish.");
    } catch (Exception e) {
      model.put("problem", "The object cannot be read: " + e.getMessage());
    }
  }

  private synchronized ParquetPreview.Rows rows(String key) throws Exception {
    ParquetPreview.Rows known = remembered.get(key);
    if (known == null) {
      known = preview.read(objects.open(key));
      remembered.put(key, known);
    }
    return known;
  }

  /** The columns with the bad values that the run counted beside the NULLs that the file counts. */
  private static List<Map<String, Object>> columns(Map<String, Object> model) {
    if (!(model.get("rows") instanceof ParquetPreview.Rows rows)) {
      return List.of();
    }
    var bad = new LinkedHashMap<Object, Object>();
    Models.rows(Models.object(model, "details"), "badValues")
        .forEach(column -> bad.put(column.get("column"), column.get("count")));
    return rows.columns().stream()
        .map(
            column -> {
              var shown = new LinkedHashMap<String, Object>();
              shown.put("name", column.name());
              shown.put("type", column.type());
              shown.put("nulls", column.nulls());
              shown.put("bad", bad.getOrDefault(column.name(), 0));
              return (Map<String, Object>) shown;
            })
        .toList();
  }
}
