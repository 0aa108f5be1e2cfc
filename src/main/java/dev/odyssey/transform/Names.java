package dev.odyssey.transform;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** How column names are matched, made unique and shown in messages. Stateless. */
final class Names {
  private static final int SHOWN_LENGTH = 80;
  private static final int SHOWN_COUNT = 50;

  private Names() {}

  /** The exact name, else the only one that is the same trimmed and without regard to case. */
  static Optional<String> match(Collection<String> names, String wanted) {
    return names.contains(wanted) ? Optional.of(wanted) : unique(names, wanted);
  }

  static Optional<String> unique(Collection<String> names, String wanted) {
    List<String> alike = names.stream().filter(name -> key(name).equals(key(wanted))).toList();
    return alike.size() == 1 ? Optional.of(alike.get(0)) : Optional.empty();
  }

  /** The engine's identifiers ignore case: names that differ by nothing else get a number. */
  static List<String> distinct(List<String> names) {
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

  /** In quotes, on one line, cut when long. */
  static String shown(String name) {
    String line = name.replaceAll("\\p{Cntrl}", "?");
    return '"'
        + (line.length() > SHOWN_LENGTH ? line.substring(0, SHOWN_LENGTH) + "…" : line)
        + '"';
  }

  static String shown(Collection<String> names) {
    String list =
        names.stream().limit(SHOWN_COUNT).map(Names::shown).collect(Collectors.joining(", "));
    int more = names.size() - SHOWN_COUNT;
    return more > 0 ? list + " and " + more + " more" : list;
  }

  private static String key(String name) {
    return name.strip().toLowerCase(Locale.ROOT);
  }
}
