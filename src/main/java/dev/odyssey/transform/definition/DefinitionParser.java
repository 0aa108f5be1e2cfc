package dev.odyssey.transform.definition;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.text.Names;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * Reads the untrusted {@code {stream, source, fieldMappings, sourceSchema}} of an attempt. Every
 * fault is a {@link PermanentFailure} that names the stream and the place in the JSON.
 */
public final class DefinitionParser {
  private static final int MAX_COLUMNS = 10_000;
  private static final int MAX_NAME_LENGTH = 10_000;
  private static final Pattern BROKEN_TEXT = Pattern.compile("[\0\\p{Cs}]");
  private static final String BROKEN = " holds a NUL character or half of a surrogate pair";
  private static final String ADVICE = "Correct the stream's definition, then redrive the job.";

  private final JsonNode definition;
  private final String stream;
  private final Map<String, ColumnType> types = new LinkedHashMap<>();

  private DefinitionParser(JsonNode definition) {
    this.definition = definition;
    this.stream = definition.path("stream").path("name").asText("(unnamed)");
  }

  public static StreamDefinition parse(JsonNode definition) {
    if (definition == null || !definition.path("stream").isObject()) {
      throw new PermanentFailure("The job carries no stream definition.", ADVICE);
    }
    return new DefinitionParser(definition).read();
  }

  private StreamDefinition read() {
    JsonNode row = definition.path("stream");
    readTypes(row.path("schema"));
    List<Mapping> mappings = mappings();
    requireDistinctTargets(mappings);
    List<String> key = primaryKey(row.path("primaryKey"), mappings);
    String cursor = name(row.path("cursorField"), "stream.cursor_field");
    JsonNode config = config(definition.path("source").path("config"));
    return new StreamDefinition(
        stream,
        List.copyOf(mappings),
        key,
        incremental(row),
        cursor,
        config,
        definition.path("source").path("type").asText("").toLowerCase(Locale.ROOT),
        schemaVersion(mappings),
        new DefinitionDoubts(definition, mappings, types).all());
  }

  private void readTypes(JsonNode schema) {
    for (JsonNode column : array(schema, "stream.schema")) {
      String place = "stream.schema[" + types.size() + "]";
      String name = requiredName(column, "name", place);
      String told = text(column, "type", place);
      requireNoSlip(column, "type", place);
      String word = told == null ? "text" : told;
      ColumnType type =
          ColumnType.named(word)
              .orElseThrow(
                  () ->
                      fault(
                          "%s, column %s: unknown type %s; there are %s"
                              .formatted(place, shown(name), shown(word), ColumnType.NAMES)));
      if (types.putIfAbsent(name, type) != null) {
        throw fault(place + ": column " + shown(name) + " is there twice");
      }
    }
  }

  /** {@code fieldMappings}, else the source's schema, else the stream's, else all as they are. */
  private List<Mapping> mappings() {
    JsonNode fields = array(definition.path("fieldMappings"), "fieldMappings");
    JsonNode children =
        array(definition.path("sourceSchema").path("children"), "sourceSchema.children");
    if (!fields.isEmpty()) {
      return read(fields, "fieldMappings", "source", "target");
    }
    if (!children.isEmpty()) {
      return read(children, "sourceSchema.children", "sourceColumn", "name");
    }
    List<Mapping> mappings = new ArrayList<>();
    types.forEach((name, type) -> mappings.add(new Mapping(name, name, null, type)));
    return mappings;
  }

  private List<Mapping> read(JsonNode nodes, String list, String sourceField, String targetField) {
    List<Mapping> mappings = new ArrayList<>();
    for (JsonNode node : nodes) {
      String place = list + "[" + mappings.size() + "]";
      String target = requiredName(node, targetField, place);
      String transform = text(node, "transform", place);
      requireNoSlip(node, "transform", place);
      String source = text(node, sourceField, place);
      if (source == null && transform == null) {
        throw fault(
            place
                + " for column "
                + shown(target)
                + " has neither "
                + sourceField
                + " nor transform");
      }
      mappings.add(new Mapping(source, target, transform, typeOf(target)));
    }
    return mappings;
  }

  /** A text under a misspelt name would change nothing, in silence. */
  private void requireNoSlip(JsonNode node, String field, String place) {
    if (node.hasNonNull(field)) {
      return;
    }
    node.properties()
        .forEach(
            entry -> {
              String name = entry.getKey();
              boolean says = entry.getValue().isTextual() && !entry.getValue().asText().isBlank();
              if (says && Names.slip(List.of(field), name).isPresent()) {
                throw fault(place + " has " + shown(name) + " (did you mean " + field + "?)");
              }
            });
  }

  private ColumnType typeOf(String target) {
    ColumnType exact = types.get(target);
    return exact != null
        ? exact
        : Names.unique(types.keySet(), target).map(types::get).orElse(null);
  }

  private void requireDistinctTargets(List<Mapping> mappings) {
    Map<String, String> seen = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    for (Mapping mapping : mappings) {
      SystemColumns.refuse(mapping.target(), this::fault);
      String other = seen.put(mapping.target(), mapping.target());
      if (other != null) {
        throw fault(
            "two mappings have one target: " + shown(other) + " and " + shown(mapping.target()));
      }
    }
  }

  private List<String> primaryKey(JsonNode node, List<Mapping> mappings) {
    List<String> key = new ArrayList<>();
    List<String> targets = mappings.stream().map(Mapping::target).toList();
    for (JsonNode column : array(node, "stream.primary_key")) {
      if (!column.isTextual()) {
        throw fault("stream.primary_key[" + key.size() + "] must be text");
      }
      String name = column.asText();
      key.add(
          targets.isEmpty()
              ? name
              : Names.match(targets, name)
                  .orElseThrow(
                      () ->
                          fault(
                              "primary key "
                                  + shown(name)
                                  + " is no column of the stream; it has "
                                  + Names.shown(targets))));
    }
    return List.copyOf(key);
  }

  private boolean incremental(JsonNode row) {
    String mode = name(row.path("syncMode"), "stream.sync_mode");
    if (mode == null || mode.equalsIgnoreCase("full_refresh") || mode.equalsIgnoreCase("full")) {
      return false;
    }
    if (mode.toLowerCase(Locale.ROOT).startsWith("incremental")) {
      return true;
    }
    throw fault("unknown sync_mode " + shown(mode) + "; there are full_refresh and incremental");
  }

  private String schemaVersion(List<Mapping> mappings) {
    byte[] text = mappings.toString().getBytes(StandardCharsets.UTF_8);
    return UUID.nameUUIDFromBytes(text).toString();
  }

  private JsonNode array(JsonNode node, String place) {
    if (node.isMissingNode() || node.isNull()) {
      return JsonNodeFactory.instance.arrayNode();
    }
    if (!node.isArray()) {
      throw fault(place + " must be an array");
    }
    if (node.size() > MAX_COLUMNS) {
      throw fault(place + " has " + node.size() + " entries, more than " + MAX_COLUMNS);
    }
    return node;
  }

  private JsonNode config(JsonNode node) {
    if (node.isMissingNode() || node.isNull()) {
      return JsonNodeFactory.instance.objectNode();
    }
    if (!node.isObject()) {
      throw fault("source.config must be an object");
    }
    if (holdsBrokenText(node)) {
      throw fault("source.config" + BROKEN);
    }
    return node;
  }

  /** Without recursion: nobody bounds how deep it is nested. */
  private static boolean holdsBrokenText(JsonNode root) {
    Deque<JsonNode> left = new ArrayDeque<>(List.of(root));
    while (!left.isEmpty()) {
      JsonNode node = left.pop();
      node.forEach(left::push);
      node.properties().forEach(entry -> left.push(TextNode.valueOf(entry.getKey())));
      if (node.isTextual() && BROKEN_TEXT.matcher(node.asText()).find()) {
        return true;
      }
    }
    return false;
  }

  private String requiredName(JsonNode node, String field, String place) {
    if (!node.isObject()) {
      throw fault(place + " must be an object with " + field);
    }
    String name = text(node, field, place);
    if (name == null) {
      throw fault(place + " has no " + field);
    }
    return name;
  }

  private String text(JsonNode node, String field, String place) {
    return text(
        node.path(field),
        place + "." + field,
        field.equals("transform") ? Integer.MAX_VALUE : MAX_NAME_LENGTH);
  }

  private String name(JsonNode value, String place) {
    return text(value, place, MAX_NAME_LENGTH);
  }

  private String text(JsonNode value, String place, int maxLength) {
    if (value.isMissingNode()
        || value.isNull()
        || (value.isTextual() && value.asText().isBlank())) {
      return null;
    }
    if (!value.isTextual()) {
      throw fault(place + " must be text");
    }
    String text = value.asText();
    if (BROKEN_TEXT.matcher(text).find()) {
      throw fault(place + BROKEN);
    }
    if (text.length() > maxLength) {
      throw fault(place + " is longer than " + maxLength + " characters");
    }
    return text;
  }

  private PermanentFailure fault(String what) {
    return new PermanentFailure("Stream " + shown(stream) + ": " + what + ".", ADVICE);
  }

  private static String shown(String name) {
    return Names.shown(name);
  }
}
