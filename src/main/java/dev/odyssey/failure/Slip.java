package dev.odyssey.failure;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Finds the name that was meant by a misspelt one. Stateless. */
public final class Slip {
  private Slip() {}

  /**
   * The name that is at most two letters away, fewer of short ones.
   *
   * @param letters what counts of a name
   */
  public static Optional<String> of(
      String wanted, Collection<String> names, UnaryOperator<String> letters) {
    String meant = letters.apply(wanted);
    int most = Math.min(2, meant.length() / 3);
    return names.stream()
        .filter(name -> Math.abs(letters.apply(name).length() - meant.length()) <= most)
        .filter(name -> edits(letters.apply(name), meant) <= most)
        .min(
            Comparator.<String>comparingInt(name -> edits(letters.apply(name), meant))
                .thenComparing(Comparator.naturalOrder()));
  }

  /** Levenshtein's distance. */
  private static int edits(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
      }
    }
    return row[b.length()];
  }
}
