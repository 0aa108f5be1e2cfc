package dev.odyssey.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.DefinitionCheck;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes a stream's mapping as somebody asks for it, if a job could take it and nobody else was
 * faster. Thread-safe; blocks on the database.
 */
final class MappingEdits {
  private static final Logger LOG = LoggerFactory.getLogger(MappingEdits.class);
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String[] FIELDS = {"source", "target", "transform"};

  /**
   * What became of it.
   *
   * @param goTo the page that shows it; null where nothing was changed
   * @param problem why not
   * @param column the target whose mapping is to blame; null where none is alone
   */
  record Outcome(String goTo, String problem, String column) {}

  private final ConsoleData data;
  private final DefinitionCheck check;

  MappingEdits(ConsoleData data, DefinitionCheck check) {
    this.data = data;
    this.check = check;
  }

  /**
   * @param edit {@code {mappings: [{source, target, transform}], expected, again}}: expected, the
   *     mappings that were shown; again, whether the stream is to be synced anew
   */
  Outcome perform(UUID streamId, JsonNode edit) {
    try {
      Optional<String> definition = data.definition(streamId);
      JsonNode known = JSON.readTree(definition.orElse("{}"));
      if (!known.path("stream").isObject()) {
        return refused("There is no such stream any more.");
      }
      ArrayNode mappings = merged(edit.path("mappings"), edit.path("expected"));
      check.require(((ObjectNode) known).set("fieldMappings", mappings));
      return saved(streamId, edit, mappings);
    } catch (PermanentFailure e) {
      String column = e.details() == null ? null : e.details().path("column").asText(null);
      return new Outcome(null, e.getMessage(), column);
    } catch (JsonProcessingException e) {
      return refused("The form is not what this page sends: reload and try again.");
    } catch (ConsoleData.Unavailable e) {
      return refused(e.getMessage());
    } catch (IOException | SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  private Outcome saved(UUID streamId, JsonNode edit, ArrayNode mappings)
      throws ConsoleData.Unavailable {
    String before =
        data.setMapping(streamId, mappings.toString(), edit.path("expected").toString());
    LOG.info("Stream {}: its mapping was changed on the web page; it was {}", streamId, before);
    if (!edit.path("again").asBoolean()) {
      return changed("/streams/" + streamId);
    }
    Optional<UUID> redriven = data.redriveStream(streamId);
    UUID run = redriven.isPresent() ? redriven.get() : data.enqueue(streamId);
    return changed("/runs/" + run);
  }

  /** What is not on the form stays: an entry may hold more than this page knows. */
  private static ArrayNode merged(JsonNode given, JsonNode expected) {
    ArrayNode merged = JSON.createArrayNode();
    for (JsonNode row : given) {
      ObjectNode entry = merged.addObject();
      for (JsonNode old : expected) {
        if (old.isObject() && old.path("target").equals(row.path("target"))) {
          entry.setAll((ObjectNode) old);
          break;
        }
      }
      for (String field : FIELDS) {
        entry.remove(field);
        if (!row.path(field).asText("").isBlank()) {
          entry.put(field, row.path(field).asText());
        }
      }
    }
    return merged;
  }

  private static Outcome changed(String page) {
    return new Outcome(page + "?note=mapped", null, null);
  }

  private static Outcome refused(String problem) {
    return new Outcome(null, problem, null);
  }
}
