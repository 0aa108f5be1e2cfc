package dev.odyssey.console;

import java.util.Map;
import java.util.Optional;

/**
 * What somebody wants to look at.
 *
 * @param path such as {@code /runs/ID}
 * @param query its parameters
 * @param csrf the token for its forms; empty where the caller may not act
 * @param liveOnly only the part that changes by itself, to be put into the page that is there
 */
record View(String path, Map<String, String> query, Optional<String> csrf, boolean liveOnly) {

  String query(String name) {
    return query.getOrDefault(name, "");
  }

  /** A number of the query within bounds; the default where it is none. */
  int number(String name, int defaultValue, int max) {
    String text = query(name);
    return text.matches("\\d{1,9}") ? Math.min(Integer.parseInt(text), max) : defaultValue;
  }
}
