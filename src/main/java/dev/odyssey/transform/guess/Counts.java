package dev.odyssey.transform.guess;

import java.util.ArrayList;
import java.util.List;

/**
 * How many rows of a column fit each of some candidates.
 *
 * @param values rows that have a value
 * @param unique true when every row has a value and no two are the same; false where that was not
 *     asked
 * @param codes values with a zero in front, such as {@code 01067}
 * @param fitting values that fit, a candidate each
 */
record Counts(long rows, long values, boolean unique, long codes, List<Long> fitting) {
  /** A type is guessed where at least this share of the values fits: others are bad values. */
  private static final double ENOUGH = 0.8;

  private static final double LIKELY = 0.5;

  /** Whether a candidate that so many of the values fit may be the one. */
  static boolean likely(long fitting, long values) {
    return fitting >= LIKELY * values;
  }

  Counts with(List<Long> fit) {
    return new Counts(rows, values, unique, codes, fit);
  }

  /** Those that are worth counting on; text, the last, always is. */
  List<Candidate> likely(List<Candidate> candidates) {
    List<Candidate> likely = new ArrayList<>();
    for (int i = 0; i < fitting.size(); i++) {
      if (likely(fitting.get(i), values)) {
        likely.add(candidates.get(i));
      }
    }
    return likely;
  }

  /**
   * The first that all values fit, else the one that most fit, else text, which is the last. A zero
   * in front makes every number of the column a code: {@code 01067} is no 1067. One word that is no
   * truth value makes all of them words: {@code F} may be female.
   */
  Candidate best(List<Candidate> candidates) {
    int text = candidates.size() - 1;
    int best = text;
    long enough = (long) Math.ceil(values * ENOUGH);
    long most = Math.min(enough, values - (values < 4 ? 0 : 1)) - 1;
    for (int i = 0; values > 0 && i < text; i++) {
      boolean code = candidates.get(i).isNumber() && codes > 0;
      boolean word = candidates.get(i).type().equals("boolean") && fitting.get(i) < values;
      if (fitting.get(i) > most && !code && !word) {
        best = i;
        most = fitting.get(i);
      }
    }
    return candidates.get(best);
  }
}
