package dev.odyssey.console;

import java.util.List;
import java.util.Map;

/** Reads JSON objects whose fields may be absent. Stateless. */
public final class Models {
  private Models() {}

  /** The objects in the list of this name; empty where there is no list. */
  @SuppressWarnings("unchecked") // JSON objects have string keys
  public static List<Map<String, Object>> rows(Map<String, Object> object, String name) {
    return object.get(name) instanceof List<?> list
        ? list.stream().filter(Map.class::isInstance).map(r -> (Map<String, Object>) r).toList()
        : List.of();
  }

  /** The object of this name; empty where there is none. */
  @SuppressWarnings("unchecked")
  public static Map<String, Object> object(Map<String, Object> object, String name) {
    return object.get(name) instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }
}
