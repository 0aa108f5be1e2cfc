package dev.odyssey.bench.crash;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What a source holds: names by id. Counts and rows that are expected come from here alone, not
 * from the product. Immutable.
 */
record Table(Map<Long, String> names, long nextId) {
  static final Table EMPTY = new Table(Map.of(), 1);

  /** The stream's schema that goes with it. */
  static final String SCHEMA =
      """
      [{"name": "id", "type": "integer"}, {"name": "name", "type": "text"}]""";

  /** How two versions differ. */
  record Difference(long processed, long inserted, long updated, long deleted) {}

  /** About a fifth of the rows updated, a tenth deleted, and some new ones. */
  Table next(Random random) {
    Map<Long, String> changed = new TreeMap<>();
    names.forEach(
        (id, name) -> {
          int dice = random.nextInt(10);
          if (dice > 0) {
            changed.put(id, dice < 3 ? name(random) : name);
          }
        });
    long end = nextId + (names.isEmpty() ? 200 : 5 + random.nextInt(30));
    for (long id = nextId; id < end; id++) {
      changed.put(id, name(random));
    }
    return new Table(changed, end);
  }

  Difference from(Table before) {
    long inserted = names.keySet().stream().filter(id -> !before.names.containsKey(id)).count();
    long updated =
        names.entrySet().stream()
            .filter(row -> before.names.containsKey(row.getKey()))
            .filter(row -> !row.getValue().equals(before.names.get(row.getKey())))
            .count();
    long deleted = before.names.keySet().stream().filter(id -> !names.containsKey(id)).count();
    return new Difference(names.size(), inserted, updated, deleted);
  }

  String csv() {
    return names.entrySet().stream()
        .map(row -> row.getKey() + "," + row.getValue() + "\n")
        .collect(Collectors.joining("", "id,name\n", ""));
  }

  private static String name(Random random) {
    return "n" + Long.toUnsignedString(random.nextLong(), 36);
  }
}
