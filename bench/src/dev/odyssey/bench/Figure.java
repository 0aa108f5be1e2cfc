package dev.odyssey.bench;

import java.io.PrintStream;
import java.util.Locale;

/**
 * One figure to judge by, against its bound and its aim.
 *
 * @param greaterIsBetter which side of the bound is the good one
 */
public record Figure(String name, double value, double bound, double aim, boolean greaterIsBetter) {

  public static Figure atMost(String name, double value, double bound, double aim) {
    return new Figure(name, value, bound, aim, false);
  }

  public static Figure atLeast(String name, double value, double bound, double aim) {
    return new Figure(name, value, bound, aim, true);
  }

  public boolean missed() {
    return reaches(bound) < 0;
  }

  public void print(PrintStream out) {
    out.printf(Locale.ROOT, "RESULT %s %.3f%n", name, value);
  }

  /** Within the aim, within the bound, or missed by how much. */
  public String verdict() {
    String side = greaterIsBetter ? "at least" : "at most";
    if (missed()) {
      return "MISSED: should be %s %s (aim %s)".formatted(side, text(bound), text(aim));
    }
    return reaches(aim) < 0
        ? "within the bound of %s %s, short of the aim of %s"
            .formatted(side, text(bound), text(aim))
        : "reaches the aim of %s %s".formatted(side, text(aim));
  }

  private int reaches(double limit) {
    return greaterIsBetter ? Double.compare(value, limit) : Double.compare(limit, value);
  }

  private static String text(double number) {
    return number == Math.rint(number) ? String.valueOf((long) number) : String.valueOf(number);
  }
}
