package dev.odyssey.testing;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a scrape of {@code /metrics} brought, read line by line. Immutable. */
public final class Exposition {
  private static final Pattern SAMPLE = Pattern.compile("([a-z_:0-9]+)(\\{.*\\})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");

  private final String text;
  private final Map<String, Double> samples = new TreeMap<>();
  private final Set<String> names = new TreeSet<>();

  public Exposition(String text) {
    this.text = text;
    for (String line : text.lines().toList()) {
      Matcher sample = SAMPLE.matcher(line);
      if (!line.startsWith("#") && sample.matches()) {
        names.add(sample.group(1));
        samples.put(sample.group(1) + labels(sample.group(2)), Double.valueOf(sample.group(3)));
      }
    }
  }

  public String text() {
    return text;
  }

  /** Of samples, such as {@code odyssey_step_duration_seconds_bucket}. */
  public Set<String> names() {
    return names;
  }

  /**
   * The sample's number; 0 where there is none.
   *
   * @param sample the name, then the labels in alphabetical order, as in {@code
   *     rows{change=deleted}}
   */
  public double value(String sample) {
    return samples.getOrDefault(sample, 0.0);
  }

  private static String labels(String written) {
    var labels = new TreeMap<String, String>();
    Matcher label = LABEL.matcher(written == null ? "" : written);
    while (label.find()) {
      labels.put(label.group(1), label.group(2));
    }
    return labels.isEmpty() ? "" : labels.toString().replace(", ", ",");
  }
}
