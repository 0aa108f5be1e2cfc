package dev.odyssey.transform.text;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * How the lines at a file's beginning end.
 *
 * @param count of the lines that end in each way
 * @param before how the lines before the data and the first one of it end
 */
public record LineEnds(Map<Kind, Long> count, Set<Kind> before) {
  /** Of equally many the first is the usual one. */
  enum Kind {
    LF("\n"),
    CR_LF("\r\n"),
    CR("\r");

    private final String text;

    Kind(String text) {
      this.text = text;
    }
  }

  public static LineEnds of(byte[] head, long linesBefore) {
    Map<Kind, Long> count = new EnumMap<>(Kind.class);
    Set<Kind> before = EnumSet.noneOf(Kind.class);
    long lines = 0;
    for (int i = 0; i < head.length; i++) {
      if (head[i] == '\n' || head[i] == '\r') {
        Kind kind = kind(head, i);
        i += kind.text.length() - 1;
        count.merge(kind, 1L, Long::sum);
        if (lines++ <= linesBefore) {
          before.add(kind);
        }
      }
    }
    return new LineEnds(count, before);
  }

  private static Kind kind(byte[] head, int place) {
    if (head[place] == '\n') {
      return Kind.LF;
    }
    return place + 1 < head.length && head[place + 1] == '\n' ? Kind.CR_LF : Kind.CR;
  }

  public long lines() {
    return count.values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * The most frequent; LF where there is none. Empty where a line at the beginning ends otherwise:
   * lines counted by this end would not be those that stand there.
   */
  public String usual() {
    Kind usual = Kind.LF;
    for (Kind kind : Kind.values()) {
      usual = count.getOrDefault(kind, 0L) > count.getOrDefault(usual, 0L) ? kind : usual;
    }
    return Set.of(usual).containsAll(before) ? usual.text : "";
  }
}
