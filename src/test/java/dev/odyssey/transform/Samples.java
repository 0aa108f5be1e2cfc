package dev.odyssey.transform;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The samples of bad values that a transform reports. */
public final class Samples {
  private Samples() {}

  /** Each as {@code column line:value}. */
  public static List<String> of(TransformResult result) {
    List<String> samples = new ArrayList<>();
    for (JsonNode bad : result.details().path("badValues")) {
      String column = bad.path("column").asText();
      of(result, column).forEach(sample -> samples.add(column + " " + sample));
    }
    return samples;
  }

  /**
   * Those of one column, each as {@code line:value}, of several files as {@code file line:value}.
   */
  public static List<String> of(TransformResult result, String column) {
    List<String> samples = new ArrayList<>();
    for (JsonNode bad : result.details().path("badValues")) {
      if (bad.path("column").asText().equals(column)) {
        bad.path("samples")
            .forEach(
                s ->
                    samples.add(
                        (s.has("file") ? s.path("file").asText() + " " : "")
                            + s.path("line").asText()
                            + ":"
                            + s.path("value").asText()));
      }
    }
    return samples;
  }
}
