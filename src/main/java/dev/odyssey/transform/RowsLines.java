package dev.odyssey.transform;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.odyssey.transform.BadValueReport.Sample;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds the lines of a few values in the rows that {@link RowsWriter} wrote: one pass, which ends
 * with the last value that is sought. Used once.
 */
final class RowsLines {
  private static final JsonFactory JSON = new JsonFactory();

  private final Map<String, Map<String, Integer>> sought = new HashMap<>();
  private final Map<String, List<Sample>> found = new LinkedHashMap<>();
  private int missing;

  private RowsLines(Map<String, List<String>> texts) {
    texts.forEach(
        (key, values) -> {
          Map<String, Integer> counts = new HashMap<>();
          values.forEach(value -> counts.merge(value, 1, Integer::sum));
          sought.put(key, counts);
          missing += values.size();
        });
  }

  /**
   * @param texts by the key of their column, an error's text by that of the error
   * @return as many of each as are asked for, where the file has them
   */
  static Map<String, List<Sample>> find(Path file, Map<String, List<String>> texts)
      throws IOException {
    RowsLines lines = new RowsLines(texts);
    try (JsonParser in = JSON.createParser(file.toFile())) {
      while (lines.missing > 0 && in.nextToken() != null) {
        lines.row(in);
      }
    }
    return lines.found;
  }

  private void row(JsonParser in) throws IOException {
    long line = 0;
    while (in.nextToken() != JsonToken.END_OBJECT) {
      String key = in.currentName();
      JsonToken value = in.nextToken();
      if (key.equals(RowsWriter.LINE)) {
        line = in.getLongValue();
      } else if (value == JsonToken.VALUE_STRING && sought.containsKey(key) && line > 0) {
        note(key, in.getText(), line);
      } else {
        in.skipChildren();
      }
    }
  }

  private void note(String key, String text, long line) {
    Integer wanted = sought.get(key).computeIfPresent(text, (value, count) -> count - 1);
    if (wanted != null && wanted >= 0) {
      missing--;
      found.computeIfAbsent(key, k -> new ArrayList<>()).add(new Sample(line, text));
    }
  }
}
