package dev.odyssey.transform.text;

import dev.odyssey.failure.Shown;
import dev.odyssey.failure.Slip;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** How column names are matched, made unique and shown in messages. Stateless. */
public final class Names {
  private static final int SHOWN_LENGTH = 80;
  private static final int SHOWN_COUNT = 50;
  private static final int FEW = 12;
  private static final int WORD = 3;

  private static final Pattern LINE_ENDS = Pattern.compile("[ \t]*[\r\n]+[ \t]*");

  private static final Pattern NO_LETTERS = Pattern.compile("[^\\p{L}\\p{N}]");

  private Names() {}

  /**
   * The exact name, else the only one that is the same but for case, invisible ends and the way
   * that accents are composed.
   */
  public static Optional<String> match(Collection<String> names, String wanted) {
    if (names.contains(wanted)) {
      return Optional.of(wanted);
    }
    List<String> possible = possible(names, wanted);
    return possible.size() == 1 ? Optional.of(possible.get(0)) : Optional.empty();
  }

  /** How many of the wanted names {@link #match} one of these. */
  public static long matching(Collection<String> names, Collection<String> wanted) {
    Set<String> keys = keys(names);
    return wanted.stream()
        .filter(name -> keys.contains(key(name)) && match(names, name).isPresent())
        .count();
  }

  /** What two names have in common that are alike. */
  public static Set<String> keys(Collection<String> names) {
    return names.stream().map(Names::key).collect(Collectors.toSet());
  }

  /** Whether one of the names is like one of those with these keys. */
  public static boolean isAnyOf(Collection<String> names, Set<String> keys) {
    return names.stream().anyMatch(name -> keys.contains(key(name)));
  }

  public static Optional<String> unique(Collection<String> names, String wanted) {
    List<String> alike = alike(names, wanted);
    return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
  }

  private static List<String> alike(Collection<String> names, String wanted) {
    String key = key(wanted);
    return names.stream().filter(name -> key(name).equals(key)).toList();
  }

  /** Those, and what {@link #distinct} may have made of another that was alike. */
  private static List<String> possible(Collection<String> names, String wanted) {
    List<String> alike = alike(names, wanted);
    if (alike.isEmpty()) {
      return alike;
    }
    Pattern numbered = Pattern.compile(Pattern.quote(key(wanted)) + "_\\d+");
    return names.stream()
        .filter(name -> alike.contains(name) || numbered.matcher(key(name)).matches())
        .toList();
  }

  /** Why none of the file's columns matches, as a clause. */
  public static String missing(String wanted, Collection<String> columns) {
    return missing(List.of(wanted), columns);
  }

  /** The same for several; where each may be a slip of the pen, no long list follows. */
  public static String missing(List<String> wanted, Collection<String> columns) {
    List<String> possible = wanted.size() == 1 ? possible(columns, wanted.get(0)) : List.of();
    if (possible.size() > 1) {
      return "the column %s could be %s; write one of them exactly"
          .formatted(shown(wanted), shown(possible));
    }
    List<String> told = wanted.subList(0, Math.min(SHOWN_COUNT, wanted.size()));
    List<String> clauses = new ArrayList<>();
    int meant = 0;
    for (String name : told) {
      Optional<String> nearest = nearest(columns, name);
      clauses.add(shown(name) + nearest.map(n -> " (is it " + shown(n) + "?)").orElse(""));
      meant += nearest.isPresent() ? 1 : 0;
    }
    return "the source file has no column %s%s; it has %s"
        .formatted(
            String.join(", ", clauses),
            more(wanted),
            meant == wanted.size() && columns.size() > FEW
                ? columns.size() + " columns"
                : shown(columns));
  }

  /**
   * The name that was meant: a slip of the pen away, else the only one that holds its letters and
   * digits, or that its own hold, as {@code CompanyName} and {@code Company}. Nothing for what is
   * too long to be shown, nor is that ever meant.
   */
  public static Optional<String> nearest(Collection<String> all, String wanted) {
    List<String> names = all.stream().filter(name -> name.length() <= SHOWN_LENGTH).toList();
    String letters = wanted.length() <= SHOWN_LENGTH ? letters(wanted) : "";
    if (letters.isEmpty()) {
      return Optional.empty();
    }
    Optional<String> slip = slip(names, wanted);
    if (slip.isPresent()) {
      return slip;
    }
    List<String> holding = names.stream().filter(name -> holds(letters(name), letters)).toList();
    return holding.size() == 1 ? Optional.of(holding.get(0)) : Optional.empty();
  }

  /** The name that is at most two letters away, fewer of short ones. */
  public static Optional<String> slip(Collection<String> names, String wanted) {
    return Slip.of(wanted, names, Names::letters);
  }

  private static boolean holds(String a, String b) {
    return Math.min(a.length(), b.length()) >= WORD && (a.contains(b) || b.contains(a));
  }

  /** In small letters and digits, without all else. */
  public static String letters(String name) {
    return NO_LETTERS.matcher(key(name)).replaceAll("");
  }

  /** The engine's identifiers ignore case: names that differ by nothing else get a number. */
  public static List<String> distinct(List<String> names) {
    Set<String> taken = new HashSet<>();
    List<String> distinct = new ArrayList<>();
    for (String name : names) {
      String candidate = name;
      for (int n = 1; !taken.add(candidate.toLowerCase(Locale.ROOT)); n++) {
        candidate = name + "_" + n;
      }
      distinct.add(candidate);
    }
    return distinct;
  }

  /** In quotes, on one line, cut when long, and what is invisible by its code: {@code \}u200b. */
  public static String shown(String name) {
    String cut = name.length() > SHOWN_LENGTH ? name.substring(0, SHOWN_LENGTH) + "…" : name;
    return '"' + Shown.visible(cut) + '"';
  }

  /** What somebody else says of a foreign text: on one line, and what is invisible by its code. */
  public static String told(String message) {
    return Shown.visible(LINE_ENDS.matcher(message).replaceAll(" "));
  }

  public static String shown(Collection<String> names) {
    String list =
        names.stream().limit(SHOWN_COUNT).map(Names::shown).collect(Collectors.joining(", "));
    return list + more(names);
  }

  private static String more(Collection<String> names) {
    int more = names.size() - SHOWN_COUNT;
    return more > 0 ? " and " + more + " more" : "";
  }

  private static String key(String name) {
    int start = 0;
    int end = name.length();
    while (start < end && isInvisible(name.charAt(start))) {
      start++;
    }
    while (start < end && isInvisible(name.charAt(end - 1))) {
      end--;
    }
    return Normalizer.normalize(name.substring(start, end), Normalizer.Form.NFC)
        .toLowerCase(Locale.ROOT);
  }

  /** Blanks of any kind, byte-order marks, zero widths. */
  private static boolean isInvisible(char c) {
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.getType(c) == Character.FORMAT;
  }
}
