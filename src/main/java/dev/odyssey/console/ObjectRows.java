package dev.odyssey.console;

import dev.odyssey.publish.StoredObjects;
import dev.odyssey.transform.ParquetPreview;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Published objects: their first rows, columns and sizes. An object never changes, so what was read
 * is remembered; thread-safe, one read at a time.
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

  /** The snapshot's columns and first rows, with what the mapping and the last run say of them. */
  Map<String, Object> ofStream(Map<String, Object> stream) {
    var model = new LinkedHashMap<String, Object>();
    model.put("streamId", stream.get("id"));
    model.put("streamName", stream.get("name"));
    model.put("what", "snapshot");
    read(model, stream.get("snapshotPath") instanceof String path ? firstPart(path) : null);
    if (model.get("rows") instanceof ParquetPreview.Rows rows) {
      model.put("columns", ColumnsModel.of(rows.columns(), stream));
    }
    return model;
  }

  /**
   * @param what snapshot, changes or rejects
   */
  Map<String, Object> ofRun(Map<String, Object> run, String what) {
    var model = new LinkedHashMap<String, Object>();
    model.put("streamId", run.get("streamId"));
    model.put("streamName", run.get("streamName"));
    model.put("runId", run.get("runId"));
    model.put("what", what);
    read(model, keys(run).get(what));
    if (model.get("rows") instanceof ParquetPreview.Rows rows) {
      model.put("columns", ColumnsModel.of(rows.columns(), Map.of()));
    }
    return model;
  }

  /** Which objects a run has, how large each is, and the first of its rejects. */
  Map<String, Object> sizes(Map<String, Object> run) {
    var model = ofRun(run, "rejects");
    var sizes = new ArrayList<Map<String, Object>>();
    keys(run)
        .forEach(
            (what, key) -> {
              var size = new LinkedHashMap<String, Object>();
              size.put("what", what);
              size.put("key", key);
              try {
                size.put("bytes", objects.open(key).bytes());
              } catch (StoredObjects.NoSuchObject e) {
                size.put("gone", true);
              } catch (RuntimeException e) {
                size.put("problem", "The bucket does not answer: " + e.getMessage());
              }
              sizes.add(size);
            });
    model.put("objects", sizes);
    return model;
  }

  /** By what they hold; which of them exist is not asked. A run that changed nothing has none. */
  private static Map<String, String> keys(Map<String, Object> run) {
    var keys = new LinkedHashMap<String, String>();
    String own = String.valueOf(run.get("runId"));
    for (Map<String, Object> attempt : Models.rows(run, "attempts")) {
      Object snapshot = Models.object(attempt, "result").get("snapshotPath");
      if (snapshot instanceof String path && path.contains(own)) {
        String stem = path.replaceFirst("(\\.parquet|/)$", "");
        keys.put("snapshot", firstPart(path));
        keys.put("changes", stem + ".changes.parquet");
        keys.put("rejects", stem + ".rejects.parquet");
        return keys;
      }
      Object rejects = Models.object(Models.object(attempt, "error"), "details").get("rejectsKey");
      if (rejects instanceof String key) {
        keys.put("rejects", key);
        return keys;
      }
    }
    return keys;
  }

  /** Of a snapshot in parts, the first. */
  private static String firstPart(String path) {
    return path.endsWith("/") ? path + "part-0001.parquet" : path;
  }

  private void read(Map<String, Object> model, String key) {
    if (key == null) {
      model.put("problem", "Nothing is published yet.");
      return;
    }
    model.put("key", key);
    try {
      model.put("rows", rows(key));
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
}
