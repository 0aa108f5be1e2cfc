package dev.odyssey.bench;

import java.util.Collection;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The middle value, which a disturbed run or two cannot move, and others by their rank. */
final class Medians {
  private Medians() {}

  static <T> double of(Collection<T> items, ToDoubleFunction<T> value) {
    double[] sorted = items.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }

  /**
   * @param ascending at least one
   * @param share 0 for the least, 0.99 for the one that a hundredth of them exceeds
   */
  static double percentile(List<Double> ascending, double share) {
    return ascending.get((int) (share * (ascending.size() - 1)));
  }
}
