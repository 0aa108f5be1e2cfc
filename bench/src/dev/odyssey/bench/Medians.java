package dev.odyssey.bench;

import java.util.Collection;
import java.util.function.ToDoubleFunction;

/** The middle value: what a disturbed run or two cannot move. */
final class Medians {
  private Medians() {}

  static <T> double of(Collection<T> items, ToDoubleFunction<T> value) {
    double[] sorted = items.stream().mapToDouble(value).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
