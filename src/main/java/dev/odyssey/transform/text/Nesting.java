package dev.odyssey.transform.text;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How deep lists and maps of an engine's type lie within one another. Stateless. */
public final class Nesting {
  /**
   * The engine reads each level of them in Parquet twice, and what is within it as well: 16 levels
   * take 30 ms a row group, 30 an hour.
   */
  public static final int MOST = 16;

  private static final Pattern TOKEN =
      Pattern.compile("\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'|MAP\\(|[(),]|\\[\\d*]");

  private Nesting() {}

  /** Whether no sync could read a snapshot of such a column in time. */
  public static boolean isTooDeep(String type) {
    return levels(type) > MOST;
  }

  private static int levels(String type) {
    Deque<Integer> around = new ArrayDeque<>(); // of each bracket that is open, and what it adds
    int most = 0;
    int last = 0;
    for (Matcher token = TOKEN.matcher(type); token.find(); ) {
      switch (token.group().charAt(0)) {
        case '(', 'M' -> {
          around.push(most);
          around.push(token.group().length() > 1 ? 1 : 0);
          most = 0;
          last = 0;
        }
        case ',' -> {
          most = Math.max(most, last);
          last = 0;
        }
        case ')' -> {
          last = Math.max(most, last) + around.pop();
          most = around.pop();
        }
        case '[' -> last++;
        default -> {}
      }
    }
    return last;
  }
}
