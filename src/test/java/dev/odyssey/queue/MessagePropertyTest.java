package dev.odyssey.queue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.odyssey.testing.ContractDatabase;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever anybody sends to the queue is a job, or a dead letter that says why; nothing stays. */
class MessagePropertyTest {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static ContractDatabase database;

  @BeforeContainer
  static void start() {
    database = ContractDatabase.start();
  }

  @AfterContainer
  static void stop() {
    database.close();
  }

  @Property(tries = 60)
  void everyMessageIsAJobOrADeadLetterAndKeepsNobodyBack(@ForAll("messages") JsonNode message) {
    OddMessage.send(database, message);
  }

  @Provide
  Arbitrary<JsonNode> messages() {
    Arbitrary<JsonNode> object =
        odd()
            .list()
            .ofSize(6)
            .map(
                values -> {
                  ObjectNode message = JSON.objectNode();
                  List<String> fields =
                      List.of(
                          "stream_id",
                          "tenant_id",
                          "run_id",
                          "trigger_type",
                          "stream_name",
                          "more");
                  for (int i = 0; i < fields.size(); i++) {
                    if (values.get(i) != null) {
                      message.set(fields.get(i), values.get(i));
                    }
                  }
                  return (JsonNode) message;
                });
    return Arbitraries.oneOf(object, object, object, odd().filter(node -> node != null));
  }

  /** A value of any kind; null for none. */
  private static Arbitrary<JsonNode> odd() {
    return Arbitraries.oneOf(
            Arbitraries.create(() -> JSON.textNode(UUID.randomUUID().toString())),
            Arbitraries.create(
                () ->
                    JSON.textNode(UUID.randomUUID().toString().toUpperCase(java.util.Locale.ROOT))),
            Arbitraries.strings()
                .excludeChars((char) 0)
                .ofMaxLength(50)
                .filter(text -> StandardCharsets.UTF_8.newEncoder().canEncode(text))
                .map(JSON::textNode),
            Arbitraries.longs().map(JSON::numberNode),
            Arbitraries.of(
                JSON.nullNode(), JSON.objectNode(), JSON.arrayNode(), JSON.booleanNode(true)))
        .map(node -> (JsonNode) node)
        .injectNull(0.1);
  }
}
