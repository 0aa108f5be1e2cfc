package dev.odyssey.transform.options;

import com.fasterxml.jackson.databind.JsonNode;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.text.Names;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a source's {@code config} tells about its file: under {@code csv}, else directly. Untrusted;
 * a value of the wrong kind is a {@link PermanentFailure} that names the option.
 */
public record SourceOptions(String stream, JsonNode config) {
  private static final String ADVICE = "Correct the data source's config, then redrive the job.";

  /** A list, an object or a truth value is a wrong value. */
  public Optional<String> text(SourceOption option) {
    return find(option)
        .map(
            node -> {
              if (node.isBoolean()) {
                throw fault(option, node, "must be a text");
              }
              return plain(option, node);
            });
  }

  /** Of names that a config may use for something else; empty text there. */
  public Optional<String> hint(String... names) {
    return Arrays.stream(names)
        .map(config::path)
        .filter(SourceOptions::isTold)
        .map(JsonNode::asText)
        .findFirst();
  }

  public Optional<Boolean> flag(SourceOption option) {
    return find(option)
        .map(
            node ->
                switch (node.asText()) {
                  case "true" -> true;
                  case "false" -> false;
                  default -> throw fault(option, node, "must be true or false");
                });
  }

  public Optional<Integer> count(SourceOption option, int least) {
    return find(option)
        .map(
            node -> {
              if (!node.canConvertToExactIntegral()
                  || !node.canConvertToInt()
                  || node.asInt() < least) {
                throw fault(option, node, "must be a whole number, " + least + " or more");
              }
              return node.asInt();
            });
  }

  public Optional<Double> ratio(SourceOption option) {
    return find(option)
        .map(
            node -> {
              if (!node.isNumber() || node.asDouble() < 0 || node.asDouble() > 1) {
                throw fault(option, node, "must be a number between 0 and 1");
              }
              return node.asDouble();
            });
  }

  /** A text or an array of texts. */
  public List<String> texts(SourceOption option) {
    List<String> texts = new ArrayList<>();
    find(option)
        .ifPresent(
            node -> {
              if (node.isArray()) {
                node.forEach(item -> texts.add(plain(option, item)));
              } else {
                texts.add(plain(option, node));
              }
            });
    return List.copyOf(texts);
  }

  /** One of the words; the first where none is told. */
  public String choice(SourceOption option, String... words) {
    return find(option)
        .map(
            node -> {
              if (!List.of(words).contains(node.asText())) {
                throw fault(option, node, "must be " + String.join(" or ", words));
              }
              return node.asText();
            })
        .orElse(words[0]);
  }

  /** A misspelt option would change nothing, in silence. */
  public void requireKnownCsv() {
    JsonNode csv = config.path("csv");
    if (isTold(csv) && !csv.isObject()) {
      throw new PermanentFailure(
          "Stream %s: csv in the source's config must be an object of options, not %s."
              .formatted(Names.shown(stream), Names.shown(csv.toString())),
          ADVICE);
    }
    List<String> unknown = new ArrayList<>();
    csv.fieldNames()
        .forEachRemaining(
            name -> {
              if (SourceOption.named(name).filter(SourceOption::isCsv).isEmpty()) {
                unknown.add(name);
              }
            });
    if (!unknown.isEmpty()) {
      throw new PermanentFailure(
          "Stream %s: unknown source option %s under csv; the known ones are %s."
              .formatted(
                  Names.shown(stream),
                  Names.shown(unknown),
                  Arrays.stream(SourceOption.values())
                      .filter(SourceOption::isCsv)
                      .map(SourceOption::shown)
                      .collect(Collectors.joining(", "))),
          ADVICE);
    }
  }

  /**
   * Keys at the top that say nothing but look as if they were to. Others keep keys of their own
   * there, so none of them is refused.
   */
  public List<String> doubts() {
    List<String> doubts = new ArrayList<>();
    config
        .properties()
        .forEach(
            entry -> {
              String key = entry.getKey();
              if (isTold(entry.getValue()) && SourceOption.named(key).isEmpty()) {
                SourceOption.meant(key)
                    .filter(option -> find(option).isEmpty())
                    .ifPresent(
                        option ->
                            doubts.add(
                                "The source's config has %s, which is no option and changes nothing; did you mean %s?"
                                    .formatted(Names.shown(key), option.shown())));
              }
            });
    return doubts;
  }

  /**
   * As {@link #doubts}, of what tells where the rows of a CSV file are, for files that are none.
   */
  public List<String> doubtsWithoutCsv() {
    return Stream.of(SourceOption.COLUMNS, SourceOption.HEADER_ROWS, SourceOption.SKIP)
        .filter(option -> find(option).isPresent())
        .map(
            option ->
                "The source's config has %s, which says nothing of files other than CSV; of a workbook sheet and headerRow do."
                    .formatted(option.shown()))
        .toList();
  }

  /**
   * The same of a workbook's header, for CSV files alone; where it is the first row there is
   * nothing to lose.
   */
  public List<String> doubtsOfCsv() {
    return find(SourceOption.HEADER_ROW)
        .filter(row -> !row.asText().equals("1"))
        .map(
            row ->
                "The source's config has headerRow, which says nothing of CSV files; there skip leaves out the lines above the header.")
        .stream()
        .toList();
  }

  /** Options that contradict each other, or say what cannot be. */
  public void refuse(boolean wrong, String what) {
    if (wrong) {
      throw new PermanentFailure(
          "Stream %s: source options: %s.".formatted(Names.shown(stream), what), ADVICE);
    }
  }

  public PermanentFailure fault(SourceOption option, JsonNode value, String rule) {
    return new PermanentFailure(
        "Stream %s: source option %s %s, not %s."
            .formatted(
                Names.shown(stream),
                option.shown(),
                rule,
                Names.shown(value.isContainerNode() ? value.toString() : value.asText())),
        ADVICE);
  }

  /** Jackson's text of a list or an object is empty, which would mean "not told". */
  private String plain(SourceOption option, JsonNode node) {
    if (node.isContainerNode() || node.isNull()) {
      throw fault(option, node, "must be a text");
    }
    return node.asText();
  }

  private Optional<JsonNode> find(SourceOption option) {
    return (option.isCsv() ? find(option, config.path("csv")) : Optional.<JsonNode>empty())
        .or(() -> option.isAtTop() ? find(option, config) : Optional.empty());
  }

  /** By any of its names; two of them that say two things would leave one of them unheard. */
  private Optional<JsonNode> find(SourceOption option, JsonNode place) {
    Map<String, JsonNode> told = new LinkedHashMap<>();
    place
        .properties()
        .forEach(
            entry -> {
              if (isTold(entry.getValue()) && option.isNamed(entry.getKey())) {
                told.put(entry.getKey(), entry.getValue());
              }
            });
    refuse(
        told.values().stream().distinct().count() > 1,
        Names.shown(told.keySet()) + " are one option, but have different values");
    return told.values().stream().findFirst();
  }

  private static boolean isTold(JsonNode node) {
    return !node.isMissingNode() && !node.isNull();
  }
}
