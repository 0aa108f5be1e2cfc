package dev.odyssey.transform.expression;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Bounds what a stream's expressions may make of a row: so many times its columns, and so many
 * bytes besides. The engine keeps every step of an expression for 2,048 rows at once, so all steps
 * count. One for all expressions of a stream.
 */
final class ExpressionSize {
  private static final double MAX_TIMES = 1_000;
  private static final double MAX_BYTES = 50_000;
  private static final double MAX_STREAM_TIMES = 5_000;
  private static final double MAX_STREAM_BYTES = 500_000;
  private static final int MAX_STEPS = 2_000;
  private static final int MAX_PADDING = 1_000;
  private static final int MAX_BYTES_A_CHARACTER = 4;

  /** The longest that one letter of a date format becomes: a weekday, a time zone. */
  private static final int DATE_PART_BYTES = 32;

  private final Size stream = new Size();

  /** How many times each column, and how many bytes besides. */
  private static final class Size {
    private final Map<String, Double> times = new HashMap<>();
    private double bytes;

    void add(Size other, double factor) {
      other.times.forEach((column, n) -> times.merge(column, n * factor, Double::sum));
      bytes += other.bytes * factor;
    }

    void widen(Size other) {
      other.times.forEach((column, n) -> times.merge(column, n, Math::max));
      bytes = Math.max(bytes, other.bytes);
    }

    double most() {
      return times.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }
  }

  /** All that one expression makes on its way. */
  private static final class Total {
    private final Size size = new Size();
    private double steps;
  }

  /** Refuses an expression, already allowed, that makes too much; else counts it for the stream. */
  void requireBounded(ExpressionNode expression) throws Refusal {
    Total total = new Total();
    measure(expression, 1, total);
    stream.add(total.size, 1);
    if (stream.most() > MAX_STREAM_TIMES || stream.bytes > MAX_STREAM_BYTES) {
      throw new Refusal(
          "together with the transforms before it, it may make more than %,d times a column or %,d bytes of each row; pad, replace and join less"
              .formatted((long) MAX_STREAM_TIMES, (long) MAX_STREAM_BYTES),
          Refusal.NOWHERE);
    }
  }

  /**
   * @param copies how often the engine runs this part; of a chain of {@code ->}, how often it binds
   *     it, as a lambda and as a JSON path
   */
  private Size measure(ExpressionNode node, double copies, Total total) throws Refusal {
    String function = node.plainFunction().orElse("");
    boolean copying = AllowedFunctions.COPYING.contains(function) || node.kind().equals("LAMBDA");
    Size size = new Size();
    List<ExpressionNode> operands = node.operands();
    Size[] sizes = new Size[operands.size()];
    for (int i = 0; i < sizes.length; i++) {
      sizes[i] = measure(operands.get(i), copying ? copies * 2 : copies, total);
    }
    fill(size, node, function, sizes);
    total.size.add(size, copies);
    total.steps += copies;
    if (total.steps > MAX_STEPS) {
      throw refusal(
          node, "the engine would take more than " + MAX_STEPS + " steps for it; nest it less");
    }
    if (total.size.most() > MAX_TIMES || total.size.bytes > MAX_BYTES) {
      throw refusal(
          node,
          "it may make more than %,d times its column or %,d bytes of each row; pad, replace and join less"
              .formatted((long) MAX_TIMES, (long) MAX_BYTES));
    }
    return size;
  }

  private static void fill(Size size, ExpressionNode node, String function, Size[] sizes)
      throws Refusal {
    List<ExpressionNode> operands = node.operands();
    switch (node.kind()) {
      case "COLUMN_REF" -> size.times.put(node.columnPath().get(0), 1.0);
      case "CONSTANT" -> size.bytes = bytes(node);
      case "COMPARISON", "BETWEEN", "CONJUNCTION" -> {}
      case "CASE" -> {
        for (int i = 1; i < sizes.length; i += 2) {
          size.widen(sizes[i]);
        }
        size.widen(sizes[sizes.length - 1]);
      }
      case "FUNCTION" -> fill(size, function, operands, sizes);
      default -> addAll(size, sizes, 1);
    }
  }

  private static void fill(Size size, String function, List<ExpressionNode> operands, Size[] sizes)
      throws Refusal {
    if (AllowedFunctions.WITH_SMALL_RESULTS.contains(function)) {
      return;
    }
    switch (function) {
      case "replace" -> {
        double from = bytes(operands.get(1));
        size.add(sizes[0], from == 0 ? 1 : Math.max(1, bytes(operands.get(2)) / from));
      }
      case "regexp_replace" -> {
        double put = bytes(operands.get(2)) + 1; // at every place, or a \1 as large as the text
        size.add(sizes[0], put);
        size.bytes += put;
      }
      case "lpad", "rpad" ->
          size.bytes = MAX_BYTES_A_CHARACTER * padding(function, operands.get(1));
      case "strftime" -> size.bytes = bytes(operands.get(1)) * DATE_PART_BYTES;
      case "concat_ws" -> {
        addAll(size, sizes, 1);
        size.add(sizes[0], sizes.length);
      }
      case "array_to_string" -> size.add(sizes[0], 1 + bytes(operands.get(1)));
      default -> addAll(size, sizes, AllowedFunctions.FACTORS.getOrDefault(function, 1));
    }
  }

  private static double padding(String function, ExpressionNode length) throws Refusal {
    String digits = length.constant().orElse("");
    if (!digits.matches("\\d{1,4}") || Integer.parseInt(digits) > MAX_PADDING) {
      throw refusal(length, function + " needs a constant length up to " + MAX_PADDING);
    }
    return Integer.parseInt(digits);
  }

  private static void addAll(Size size, Size[] sizes, double factor) {
    for (Size part : sizes) {
      size.add(part, factor);
    }
  }

  private static double bytes(ExpressionNode constant) {
    return constant.constant().map(text -> text.getBytes(StandardCharsets.UTF_8).length).orElse(0);
  }

  private static Refusal refusal(ExpressionNode node, String reason) {
    long location = node.location();
    return new Refusal(reason, location < Integer.MAX_VALUE ? (int) location : Refusal.NOWHERE);
  }
}
