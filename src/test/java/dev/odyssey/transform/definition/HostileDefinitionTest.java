package dev.odyssey.transform.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.odyssey.failure.PermanentFailure;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The definition comes from tables that anybody may have written into. */
class HostileDefinitionTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final int CASES = 5_000;
  static final String SOUND =
      """
      {"stream": {"id": "x", "name": "orders", "syncMode": "full_refresh", "primaryKey": ["id"],
        "cursorField": "at", "schema": [{"name": "id", "type": "integer", "nullable": false},
          {"name": "at", "type": "timestamp"}, {"name": "sum", "type": "decimal(10,2)"}]},
       "source": {"type": "csv", "config": {"filePath": "a.csv", "csv": {"delimiter": ";"}}},
       "fieldMappings": [{"source": "Id", "target": "id"}, {"source": "At", "target": "at"},
         {"target": "sum", "transform": "a + b"}],
       "sourceSchema": {"children": [{"sourceColumn": "Id", "name": "id"}]}}
      """;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/stream/schema | {} | stream.schema must be an array",
        "/stream/schema | \"x\" | stream.schema must be an array",
        "/stream/schema | 7 | stream.schema must be an array",
        "/stream/schema | [7] | stream.schema[0]",
        "/stream/schema | [null] | stream.schema[0]",
        "/stream/schema | [[]] | stream.schema[0]",
        "/stream/schema | [{}] | stream.schema[0] has no name",
        "/stream/schema | [{\"name\": 7}] | stream.schema[0].name must be text",
        "/stream/schema | [{\"name\": [\"a\"]}] | stream.schema[0].name must be text",
        "/stream/schema | [{\"name\": \"  \"}] | stream.schema[0] has no name",
        "/stream/schema | [{\"name\": \"a\"}, {\"name\": \"a\"}] | stream.schema[1]",
        "/stream/schema | [{\"name\": \"a\", \"type\": 7}] | stream.schema[0].type must be text",
        "/stream/schema | [{\"name\": \"a\", \"type\": {}}] | stream.schema[0].type must be text",
        "/stream/schema | [{\"name\": \"a\", \"type\": \"blob\"}] | unknown type \"blob\"; there are string, integer",
        "/stream/schema | [{\"name\": \"a\", \"type\": \"decimal(99,2)\"}] | unknown type",
        "/stream/schema | [{\"name\": \"a\", \"type\": \"x) AS y; DROP\"}] | unknown type",
        "/fieldMappings | {} | fieldMappings must be an array",
        "/fieldMappings | [7] | fieldMappings[0]",
        "/fieldMappings | [{\"source\": \"a\"}] | fieldMappings[0] has no target",
        "/fieldMappings | [{\"target\": \"a\"}] | neither source nor transform",
        "/fieldMappings | [{\"target\": 1, \"source\": \"a\"}] | fieldMappings[0].target must be text",
        "/fieldMappings | [{\"target\": \"a\", \"source\": {}}] | fieldMappings[0].source must be text",
        "/fieldMappings | [{\"target\": \"a\", \"transform\": []}] | fieldMappings[0].transform must be text",
        "/fieldMappings | [{\"target\": \"$_ref\", \"source\": \"a\"}] | reserved",
        "/fieldMappings | [{\"target\": \"a\", \"source\": \"x\"}, {\"target\": \"A\", \"source\": \"y\"}] | one target",
        "/fieldMappings | [{\"target\": \"a\", \"source\": \"x\", \"tranform\": \"upper(x)\"}] | did you mean transform?",
        "/stream/schema | [{\"name\": \"a\", \"Type\": \"integer\"}] | did you mean type?",
        "/stream/primaryKey | \"id\" | stream.primary_key must be an array",
        "/stream/primaryKey | [7] | stream.primary_key[0] must be text",
        "/stream/primaryKey | [null] | stream.primary_key[0] must be text",
        "/stream/primaryKey | [\"nothing\"] | no column of the stream",
        "/stream/syncMode | \"sometimes\" | unknown sync_mode",
        "/stream/syncMode | 7 | : stream.sync_mode must be text",
        "/stream/cursorField | [] | : stream.cursor_field must be text",
        "/sourceSchema/children | 7 | sourceSchema.children must be an array",
        "/fieldMappings | [{\"target\": \"\\ud800\", \"source\": \"a\"}] | half of a surrogate pair",
        "/fieldMappings | [{\"target\": \"a\\u0000\", \"source\": \"a\"}] | NUL",
        "/source/config | {\"csv\": {\"trueValues\": [\"\\u0000\"]}} | NUL",
        "/source/config | {\"\\udc00\": 1} | half of a surrogate pair",
        "/source/config | [] | source.config must be an object",
        "/source/config | \"x\" | source.config must be an object",
      })
  void namesThePlaceOfAFault(String pointer, String value, String message) throws Exception {
    ObjectNode definition = (ObjectNode) JSON.readTree(SOUND);
    int last = pointer.lastIndexOf('/');
    ObjectNode parent = (ObjectNode) definition.at(pointer.substring(0, last));
    parent.set(pointer.substring(last + 1), JSON.readTree(value));
    if (pointer.startsWith("/sourceSchema")) {
      definition.remove("fieldMappings");
    }

    assertThatExceptionOfType(PermanentFailure.class)
        .isThrownBy(() -> DefinitionParser.parse(definition))
        .withMessageContaining(message);
  }

  static Stream<JsonNode> noDefinitions() {
    return Stream.of(
        null, NODES.nullNode(), NODES.arrayNode(), NODES.textNode("x"), NODES.objectNode());
  }

  @ParameterizedTest
  @MethodSource("noDefinitions")
  void refusesWhatIsNoDefinition(JsonNode definition) {
    assertThatExceptionOfType(PermanentFailure.class)
        .isThrownBy(() -> DefinitionParser.parse(definition))
        .withMessageContaining("no stream definition");
  }

  @Test
  void refusesMoreColumnsThanASnapshotMayHave() throws Exception {
    ObjectNode definition = (ObjectNode) JSON.readTree(SOUND);
    ArrayNode schema = definition.withObject("/stream").putArray("schema");
    for (int i = 0; i <= 10_000; i++) {
      schema.addObject().put("name", "c" + i);
    }

    assertThatExceptionOfType(PermanentFailure.class)
        .isThrownBy(() -> DefinitionParser.parse(definition))
        .withMessageContaining("stream.schema")
        .withMessageContaining("10000");
  }

  @Test
  void everyMutationIsReadOrFailsForGood() throws Exception {
    Random random = new Random(20260304);
    JsonNode sound = JSON.readTree(SOUND);
    int refused = 0;
    for (int i = 0; i < CASES; i++) {
      JsonNode mutant = sound.deepCopy();
      for (int n = random.nextInt(4); n >= 0; n--) {
        mutate(mutant, random);
      }
      try {
        DefinitionParser.parse(mutant);
      } catch (PermanentFailure failure) {
        refused++;
        assertThat(failure.getMessage().length()).isLessThan(10_000);
        assertThat(failure.advice()).isNotBlank();
      } catch (RuntimeException | StackOverflowError e) {
        throw new AssertionError("case " + i + ": " + mutant, e);
      }
    }
    assertThat(refused).isBetween(CASES / 4, CASES * 9 / 10);
  }

  /** Replaces, removes, doubles or adds somewhere. */
  private static void mutate(JsonNode root, Random random) {
    List<JsonNode> containers = new ArrayList<>();
    collect(root, containers);
    JsonNode place = containers.get(random.nextInt(containers.size()));
    if (place instanceof ObjectNode object) {
      List<String> names = new ArrayList<>();
      object.fieldNames().forEachRemaining(names::add);
      String name = names.isEmpty() ? "x" : names.get(random.nextInt(names.size()));
      switch (random.nextInt(4)) {
        case 0 -> object.remove(name);
        case 1 -> object.set("x" + random.nextInt(), odd(random));
        default -> object.set(name, odd(random));
      }
    } else if (place instanceof ArrayNode array) {
      switch (array.isEmpty() ? 0 : random.nextInt(4)) {
        case 0 -> array.add(odd(random));
        case 1 -> array.remove(random.nextInt(array.size()));
        case 2 -> array.add(array.get(random.nextInt(array.size())).deepCopy());
        default -> array.set(random.nextInt(array.size()), odd(random));
      }
    }
  }

  private static void collect(JsonNode node, List<JsonNode> containers) {
    if (node.isContainerNode() && containers.size() < 500) {
      containers.add(node);
      node.forEach(child -> collect(child, containers));
    }
  }

  private static JsonNode odd(Random random) {
    return switch (random.nextInt(16)) {
      case 0 -> NODES.nullNode();
      case 1 -> NODES.booleanNode(random.nextBoolean());
      case 2 -> NODES.numberNode(random.nextLong());
      case 3 -> NODES.numberNode(Double.NaN);
      case 4 -> NODES.objectNode();
      case 5 -> NODES.arrayNode();
      case 6 -> NODES.textNode("");
      case 7 -> NODES.textNode(" \u00a0\ufeff");
      case 8 -> NODES.textNode("a\0b");
      case 9 -> NODES.textNode("x".repeat(20_000));
      case 10 -> NODES.textNode("\ud83d");
      case 11 -> NODES.textNode("\"; DROP TABLE x; --\n\u202e");
      case 12 -> NODES.objectNode().set("name", NODES.numberNode(7));
      case 13 -> NODES.binaryNode(new byte[] {0, 1});
      case 14 -> deep(2_000);
      default -> NODES.pojoNode(new Object());
    };
  }

  private static JsonNode deep(int levels) {
    JsonNode node = NODES.textNode("bottom");
    for (int i = 0; i < levels; i++) {
      node = NODES.arrayNode().add(node);
    }
    return node;
  }
}
