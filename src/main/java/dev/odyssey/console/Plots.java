package dev.odyssey.console;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Works out where the bars and lines of small plots lie; templates draw them. Stateless. */
final class Plots {
  /** The box that every plot is drawn in, in SVG units. */
  static final int WIDTH = 480;

  static final int HEIGHT = 96;
  private static final double GAP = 0.25;
  private static final int MIN_SLOTS = 24;

  private Plots() {}

  /**
   * One bar's rectangle.
   *
   * @param kind names the CSS class
   * @param label what a person reads when pointing at it
   */
  public record Bar(String kind, double x, double y, double width, double height, String label) {}

  /** One stack's part: what it is called and how tall it is. */
  record Part(String kind, ToDoubleFunction<Map<String, Object>> value) {}

  /**
   * Bars side by side, one for each row, its parts stacked.
   *
   * @param label says a row in words
   */
  static List<Bar> stacks(
      List<Map<String, Object>> rows,
      List<Part> parts,
      java.util.function.Function<Map<String, Object>, String> label) {
    double highest = highest(rows, parts);
    var bars = new ArrayList<Bar>();
    double slot = (double) WIDTH / Math.max(MIN_SLOTS, rows.size());
    double left = WIDTH - slot * rows.size(); // the newest at the right edge
    for (int i = 0; i < rows.size() && highest > 0; i++) {
      double bottom = HEIGHT;
      for (Part part : parts) {
        double value = part.value().applyAsDouble(rows.get(i));
        if (value > 0) {
          double height = Math.max(2, value / highest * (HEIGHT - 2));
          bottom -= height;
          bars.add(
              new Bar(
                  part.kind(),
                  rounded(left + i * slot + slot * GAP / 2),
                  rounded(Math.max(0, bottom)),
                  rounded(slot * (1 - GAP)),
                  rounded(height),
                  label.apply(rows.get(i))));
        }
      }
    }
    return bars;
  }

  /** The tallest stack. */
  static double highest(List<Map<String, Object>> rows, List<Part> parts) {
    return rows.stream()
        .mapToDouble(row -> parts.stream().mapToDouble(p -> p.value().applyAsDouble(row)).sum())
        .max()
        .orElse(0);
  }

  /**
   * The points of a line through the values, from 0 up, as an SVG polyline takes them.
   *
   * @return empty where there are fewer than two values
   */
  static String line(List<Double> values, int width, int height) {
    if (values.size() < 2) {
      return "";
    }
    double highest = Math.max(1, values.stream().mapToDouble(v -> v).max().orElse(1));
    var points = new StringBuilder();
    for (int i = 0; i < values.size(); i++) {
      double x = (double) i / (values.size() - 1) * (width - 2) + 1;
      double y = height - 1 - values.get(i) / highest * (height - 3);
      points.append(i == 0 ? "" : " ").append(rounded(x)).append(',').append(rounded(y));
    }
    return points.toString();
  }

  static double number(Map<String, Object> row, String name) {
    return row.get(name) instanceof Number number ? number.doubleValue() : 0;
  }

  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
