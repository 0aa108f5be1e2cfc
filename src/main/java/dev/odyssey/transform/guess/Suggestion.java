package dev.odyssey.transform.guess;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.odyssey.transform.options.SourceOption;
import dev.odyssey.transform.text.Names;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Writes the schema, mappings, key and config to start from out of what was guessed. Stateless. */
public final class Suggestion {
  private static final List<String> KEY_WORDS =
      List.of("id", "key", "nr", "no", "number", "nummer", "code");

  private static final Set<String> LISTS =
      Set.of("nullValues", "dateFormat", "timestampFormat", "booleanLanguages", "currency");

  private Suggestion() {}

  /** The definition with schema, mappings, key and config filled in. */
  public static ObjectNode complete(JsonNode definition, List<Guess> guesses) {
    ObjectNode complete = definition.deepCopy();
    ObjectNode stream = complete.withObject("/stream");
    ArrayNode schema = stream.putArray("schema");
    ArrayNode mappings = complete.putArray("fieldMappings");
    Map<String, String> chosen = chosen(guesses);
    List<String> targets =
        Names.distinct(guesses.stream().map(guess -> target(guess.name())).toList());
    for (int i = 0; i < guesses.size(); i++) {
      String type = fits(guesses.get(i), chosen) ? guesses.get(i).type() : "text";
      schema.addObject().put("name", targets.get(i)).put("type", type);
      mappings.addObject().put("source", guesses.get(i).name()).put("target", targets.get(i));
    }
    key(guesses, targets).ifPresent(key -> stream.putArray("primaryKey").add(key));
    complete.withObject("/source").set("config", config(definition, guesses, chosen));
    return complete;
  }

  /** Those parts of a definition that a person edits, as {@code --mapping} takes them. */
  public static ObjectNode shown(JsonNode definition) {
    ObjectNode shown = JsonNodeFactory.instance.objectNode();
    JsonNode stream = definition.path("stream");
    for (String field : List.of("schema", "primaryKey", "cursorField", "syncMode")) {
      if (!stream.path(field).isMissingNode() && !stream.path(field).isNull()) {
        shown.set(field, stream.path(field));
      }
    }
    ObjectNode config = definition.path("source").path("config").deepCopy();
    config.remove(List.of("fileName", "filePath", "storedFilePath", "parquetFilePath"));
    if (!config.isEmpty()) {
      shown.set("config", config);
    }
    if (!definition.path("fieldMappings").isEmpty()) {
      shown.set("fieldMappings", definition.path("fieldMappings"));
    }
    return shown;
  }

  /** Small letters, digits and underscores, so that nobody has to quote it. */
  static String target(String name) {
    String plain =
        Normalizer.normalize(name.replace("ß", "ss"), Normalizer.Form.NFD)
            .replaceAll("\\p{M}+", "")
            .replaceAll("(\\p{Ll})(\\p{Lu})", "$1_$2")
            .toLowerCase(Locale.ROOT)
            .replaceAll("[^\\p{L}\\p{N}]+", "_")
            .replaceAll("^_+|_+$", "");
    return plain.isEmpty() ? "column" : plain;
  }

  private static Optional<String> key(List<Guess> guesses, List<String> targets) {
    List<Integer> unique = new ArrayList<>();
    for (int i = 0; i < guesses.size(); i++) {
      if (guesses.get(i).unique()
          && Set.of("integer", "text", "uuid").contains(guesses.get(i).type())) {
        unique.add(i);
      }
    }
    Stream<Integer> likely =
        unique.stream()
            .filter(i -> KEY_WORDS.stream().anyMatch(word -> targets.get(i).endsWith(word)));
    return likely.findFirst().map(targets::get);
  }

  /** Of the options that a source has once, what most of its columns need. */
  private static Map<String, String> chosen(List<Guess> guesses) {
    Map<String, String> commas = new LinkedHashMap<>();
    Map<String, String> points = new LinkedHashMap<>();
    int balance = 0;
    for (Guess guess : guesses) {
      boolean comma = guess.options().containsKey("decimalSeparator");
      balance += comma ? 1 : hasPoint(guess) ? -1 : 0;
      guess
          .options()
          .forEach(
              (option, value) -> {
                if (!LISTS.contains(option)) {
                  (comma ? commas : points).putIfAbsent(option, value);
                }
              });
    }
    return balance > 0 || (balance == 0 && points.isEmpty()) ? commas : points;
  }

  /** A column that is written otherwise than most stays text. */
  private static boolean fits(Guess guess, Map<String, String> chosen) {
    boolean asOthers =
        guess.options().entrySet().stream()
            .allMatch(
                option ->
                    LISTS.contains(option.getKey())
                        || option.getValue().equals(chosen.get(option.getKey())));
    return asOthers && !(hasPoint(guess) && chosen.containsKey("decimalSeparator"));
  }

  private static boolean hasPoint(Guess guess) {
    return guess.type().equals("number") && !guess.options().containsKey("decimalSeparator");
  }

  /** What the file's values need, besides what is told already. */
  private static ObjectNode config(
      JsonNode definition, List<Guess> guesses, Map<String, String> chosen) {
    JsonNode own = definition.path("source").path("config");
    ObjectNode config = own.isObject() ? own.deepCopy() : JsonNodeFactory.instance.objectNode();
    Map<String, Set<String>> needed = new LinkedHashMap<>();
    chosen.forEach((option, value) -> needed.put(option, Set.of(value)));
    for (Guess guess : guesses) {
      guess
          .options()
          .forEach(
              (option, value) -> {
                if (LISTS.contains(option)) {
                  needed.computeIfAbsent(option, o -> new LinkedHashSet<>()).add(value);
                }
              });
      if (!guess.type().equals("text")) {
        guess
            .nothing()
            .forEach(
                word -> needed.computeIfAbsent("nullValues", o -> new LinkedHashSet<>()).add(word));
      }
    }
    needed.forEach(
        (option, values) -> {
          SourceOption needs = SourceOption.named(option).orElseThrow();
          config.properties().removeIf(told -> needs.isNamed(told.getKey()));
          if (LISTS.contains(option)) {
            values.forEach(config.putArray(option)::add);
          } else {
            config.put(option, values.iterator().next());
          }
        });
    return config;
  }
}
