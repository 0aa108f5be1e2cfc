package dev.odyssey.bench.crash;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;

/** One cell of the matrix. */
record Case(Step step, Fault fault) {

  /** Every cell that makes sense. */
  static List<Case> all() {
    List<Case> all = new ArrayList<>();
    for (Step step : Step.values()) {
      for (Fault fault : Fault.values()) {
        if (fault != Fault.LOST_ANSWER || step.isStatement()) {
          all.add(new Case(step, fault));
        }
      }
    }
    return all;
  }

  /** The whole matrix again and again, each time in another order. */
  static List<Case> some(int count, long seed) {
    Random random = new Random(seed);
    List<Case> cases = new ArrayList<>();
    while (cases.size() < count) {
      List<Case> round = all();
      Collections.shuffle(round, random);
      cases.addAll(round.subList(0, Math.min(round.size(), count - cases.size())));
    }
    return cases;
  }

  /**
   * @param text such as {@code completing:kill}
   */
  static Case parse(String text) {
    String[] words = text.toUpperCase(Locale.ROOT).replace('-', '_').split(":", 2);
    return new Case(Step.valueOf(words[0]), Fault.valueOf(words[1]));
  }

  @Override
  public String toString() {
    return step.title() + ":" + fault.title();
  }
}
