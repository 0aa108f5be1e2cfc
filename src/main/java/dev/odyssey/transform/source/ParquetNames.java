package dev.odyssey.transform.source;

import dev.odyssey.transform.text.Names;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Columns whose names differ in case alone, in files that are read together: the engine takes the
 * first of such names in a file for the first in another, whatever their letters. Stateless.
 */
final class ParquetNames {
  private ParquetNames() {}

  /**
   * @param files the names of each file's columns, in order
   * @param columns as the engine calls those of all files together, the second of two that are
   *     alike with a number
   * @return those that would have another's values, and why
   */
  static Map<String, String> exchanged(List<List<String>> files, Set<String> columns) {
    Map<String, List<String>> known = new HashMap<>();
    Map<String, String> exchanged = new HashMap<>();
    Map<String, List<List<String>>> alike = new HashMap<>();
    for (List<String> names : files) {
      names.stream()
          .collect(Collectors.groupingBy(name -> name.toLowerCase(Locale.ROOT)))
          .forEach((key, own) -> alike.computeIfAbsent(key, k -> new ArrayList<>()).add(own));
    }
    alike.forEach(
        (key, lists) -> {
          List<String> most = lists.get(0);
          for (List<String> own : lists) {
            most = own.size() > most.size() ? own : most;
          }
          if (most.size() > 1 && differ(lists, most)) {
            known.put(key, most);
          }
        });
    for (String column : columns) {
      String name = column.toLowerCase(Locale.ROOT);
      List<String> names = known.getOrDefault(name, known.get(name.replaceFirst("_\\d+$", "")));
      if (names != null) {
        exchanged.put(
            column,
            "%s in one file, and these names in another order or one of them alone in another file: their values would be exchanged"
                .formatted(Names.shown(names)));
      }
    }
    return exchanged;
  }

  private static boolean differ(List<List<String>> lists, List<String> most) {
    return lists.stream().anyMatch(own -> !own.equals(most.subList(0, own.size())));
  }
}
