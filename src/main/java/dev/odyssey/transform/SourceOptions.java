package dev.odyssey.transform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.odyssey.failure.PermanentFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a source's {@code config} tells about its file: under {@code csv}, else directly. Untrusted;
 * a value of the wrong kind is a {@link PermanentFailure} that names the option.
 */
record SourceOptions(String stream, JsonNode config) {
  /** What other tools call our options; the first name is ours. */
  static final Map<String, List<String>> CSV_SYNONYMS =
      Map.ofEntries(
          Map.entry("delimiter", List.of("delim", "sep", "separator")),
          Map.entry("quote", List.of("quoteChar", "quotechar")),
          Map.entry("escape", List.of("escapeChar", "escapechar")),
          Map.entry("header", List.of("hasHeader")),
          Map.entry("skip", List.of("skipRows", "skipLines")),
          Map.entry("newline", List.of("newLine", "recordDelimiter")),
          Map.entry("encoding", List.of("charset")),
          Map.entry("nullValues", List.of("nullstr", "nullValue")),
          Map.entry("booleanLanguages", List.of("booleanLanguage")),
          Map.entry("decimalSeparator", List.of("decimal")),
          Map.entry("thousandsSeparator", List.of("thousands")));

  /** Text under the first of the names that is there; a list or an object is a wrong value. */
  Optional<String> text(String... names) {
    return find(names).map(node -> plain(names[0], node));
  }

  /** As {@link #text}, of names that a config may use for something else; empty text there. */
  Optional<String> hint(String... names) {
    return find(names).map(JsonNode::asText);
  }

  Optional<Boolean> flag(String... names) {
    return find(names)
        .map(
            node ->
                switch (node.asText()) {
                  case "true" -> true;
                  case "false" -> false;
                  default -> throw fault(names[0], node, "must be true or false");
                });
  }

  Optional<Integer> count(String... names) {
    return find(names)
        .map(
            node -> {
              if (!node.canConvertToInt() || node.asInt() < 0) {
                throw fault(names[0], node, "must be a whole number, 0 or more");
              }
              return node.asInt();
            });
  }

  Optional<Double> ratio(String... names) {
    return find(names)
        .map(
            node -> {
              if (!node.isNumber() || node.asDouble() < 0 || node.asDouble() > 1) {
                throw fault(names[0], node, "must be a number between 0 and 1");
              }
              return node.asDouble();
            });
  }

  /** A text or an array of texts. */
  List<String> texts(String... names) {
    List<String> texts = new ArrayList<>();
    find(names)
        .ifPresent(
            node -> {
              if (node.isArray()) {
                node.forEach(item -> texts.add(plain(names[0], item)));
              } else {
                texts.add(plain(names[0], node));
              }
            });
    return List.copyOf(texts);
  }

  /** One of the words; the first where none is told. */
  String choice(String name, String... words) {
    return find(name)
        .map(
            node -> {
              if (!List.of(words).contains(node.asText())) {
                throw fault(name, node, "must be " + String.join(" or ", words));
              }
              return node.asText();
            })
        .orElse(words[0]);
  }

  /** A misspelt option would change nothing, in silence. */
  void requireKnown(String group, Set<String> known, Map<String, List<String>> synonyms) {
    List<String> unknown = new ArrayList<>();
    config
        .path(group)
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)
                  && synonyms.values().stream().noneMatch(names -> names.contains(name))) {
                unknown.add(name);
              }
            });
    if (!unknown.isEmpty()) {
      throw new PermanentFailure(
          "Stream %s: unknown source option %s under %s; the known ones are %s."
              .formatted(
                  Names.shown(stream), Names.shown(unknown), group, String.join(", ", known)),
          "Correct the data source's config, then redrive the job.");
    }
  }

  PermanentFailure fault(String name, JsonNode value, String rule) {
    return new PermanentFailure(
        "Stream %s: source option %s %s, not %s."
            .formatted(
                Names.shown(stream),
                name,
                rule,
                Names.shown(value.isContainerNode() ? value.toString() : value.asText())),
        "Correct the data source's config, then redrive the job.");
  }

  /** Jackson's text of a list or an object is empty, which would mean "not told". */
  private String plain(String name, JsonNode node) {
    if (node.isContainerNode()) {
      throw fault(name, node, "must be a text");
    }
    return node.asText();
  }

  private Optional<JsonNode> find(String... told) {
    List<String> names = new ArrayList<>(List.of(told));
    names.addAll(CSV_SYNONYMS.getOrDefault(told[0], List.of()));
    for (JsonNode place : List.of(config.path("csv"), config)) {
      for (String name : names) {
        JsonNode node = place.path(name);
        if (!node.isMissingNode() && !node.isNull()) {
          return Optional.of(node);
        }
      }
    }
    return Optional.empty();
  }
}
