package dev.odyssey.transform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.odyssey.failure.PermanentFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a source's {@code config} tells about its file: under {@code csv}, else directly. Untrusted;
 * a value of the wrong kind is a {@link PermanentFailure} that names the option.
 */
record SourceOptions(String stream, JsonNode config) {

  /** Text under the first of the names that is there. */
  Optional<String> text(String... names) {
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
                node.forEach(item -> texts.add(item.asText()));
              } else {
                texts.add(node.asText());
              }
            });
    return List.copyOf(texts);
  }

  PermanentFailure fault(String name, JsonNode value, String rule) {
    return new PermanentFailure(
        "Stream %s: source option %s %s, not %s."
            .formatted(Names.shown(stream), name, rule, Names.shown(value.asText())),
        "Correct the data source's config, then redrive the job.");
  }

  private Optional<JsonNode> find(String... names) {
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
