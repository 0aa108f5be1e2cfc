package dev.odyssey.transform.expression;

import java.util.List;
import java.util.Set;

/**
 * Bounds how long LIKE, ILIKE and GLOB may take: for each wildcard the engine tries every place of
 * the text, for each place of the wildcard before, so that a dozen take years. Only a LIKE without
 * {@code _} and ESCAPE it searches from left to right. Stateless.
 */
final class LikePattern {
  private static final int MAX_WILDCARDS = 4;

  private static final String GLOB = "~~~";
  private static final Set<String> SEARCHING = Set.of("~~", "!~~");
  private static final Set<String> ALL =
      Set.of(
          "~~",
          "!~~",
          "~~*",
          "!~~*",
          GLOB,
          "like_escape",
          "not_like_escape",
          "ilike_escape",
          "not_ilike_escape");

  private LikePattern() {}

  static void requireQuick(String function, List<ExpressionNode> arguments) throws Refusal {
    if (!ALL.contains(function) || arguments.size() < 2) {
      return; // the engine says what is missing
    }
    for (ExpressionNode argument : arguments.subList(1, arguments.size())) {
      if (argument.constant().isEmpty()) {
        throw refusal("the pattern of LIKE, ILIKE and GLOB, and its ESCAPE, must be constants");
      }
    }
    String pattern = arguments.get(1).constant().orElseThrow();
    boolean searches = SEARCHING.contains(function) && !pattern.contains("_");
    if (!searches && wildcards(pattern, function.equals(GLOB) ? '*' : '%') > MAX_WILDCARDS) {
      throw refusal(
          "ILIKE, GLOB, and LIKE with _ or ESCAPE take at most %d wildcards before the last; use regexp_matches"
              .formatted(MAX_WILDCARDS));
    }
    if (arguments.size() > 2 && arguments.get(2).constant().orElseThrow().length() > 1) {
      throw refusal("ESCAPE takes one character");
    }
  }

  /** Several in a row are one, and one at the end takes whatever is left. */
  private static int wildcards(String pattern, char wildcard) {
    int count = 0;
    for (int i = 0; i + 1 < pattern.length(); i++) {
      if (pattern.charAt(i) == wildcard && pattern.charAt(i + 1) != wildcard) {
        count++;
      }
    }
    return count;
  }

  private static Refusal refusal(String reason) {
    return new Refusal(reason, Refusal.NOWHERE);
  }
}
