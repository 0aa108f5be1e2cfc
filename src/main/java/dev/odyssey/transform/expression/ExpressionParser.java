package dev.odyssey.transform.expression;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.definition.Mapping;
import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.source.Source;
import dev.odyssey.transform.text.Names;
import java.sql.SQLException;
import java.util.List;

/**
 * Turns a mapping's {@code transform} into an {@link Expression}, or refuses it and points at the
 * place. The text itself never becomes part of a statement: the engine parses it into a tree,
 * {@link ExpressionTree} allows every node of that tree, and the engine prints the SQL from the
 * tree. One for all mappings of a stream.
 */
public final class ExpressionParser {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String SELECT = "SELECT ";
  private static final int SHOWN_LENGTH = 30;

  /**
   * What stands between TRY and its operand. Where a row fails, the engine (1.5.6, its issue 25280)
   * runs TRY for each row with room for one value, of which COALESCE and CASE right below it write
   * the n-th: other rows' values come out, and the heap is overwritten. It costs nothing, since the
   * engine copies no values for it.
   */
  private static final String SHIELD = "struct_extract(row(%s), 1)";

  private final Engine engine;
  private final Source source;
  private final String stream;
  private final ExpressionSize size = new ExpressionSize();

  public ExpressionParser(Engine engine, Source source, String stream) {
    this.engine = engine;
    this.source = source;
    this.stream = stream;
  }

  public Expression parse(Mapping mapping) throws SQLException {
    String text = mapping.transform();
    try {
      ExpressionText.requireBounded(text);
    } catch (Refusal refusal) {
      throw failure(stream, mapping, refusal.getMessage(), refusal.position());
    }
    try {
      return check(tree(text));
    } catch (Refusal refusal) {
      throw failure(stream, mapping, refusal.getMessage(), characters(text, refusal.position()));
    }
  }

  /** SQL that gives NULL for the rows on which an expression fails. */
  public static String tried(String sql) {
    return "TRY(" + SHIELD.formatted(sql) + ")";
  }

  private Expression check(JsonNode parsed) throws SQLException, Refusal {
    ArrayNode items = items(parsed);
    if (items == null || items.size() != 1 || !withoutItem(parsed).equals(withoutItem(tree("1")))) {
      throw new Refusal(
          "it is more than one expression: no DISTINCT, comma, FROM, WHERE and the like",
          secondItem(items));
    }
    ExpressionTree tree = new ExpressionTree(source);
    tree.check(items.get(0));
    size.requireBounded(new ExpressionNode(items.get(0)));
    shield(new ExpressionNode(items.get(0)));
    String sql =
        engine.texts("SELECT json_deserialize_sql(CAST(? AS JSON))", parsed.toString()).get(0);
    return new Expression(sql.substring(SELECT.length()), List.copyOf(tree.used()));
  }

  private void shield(ExpressionNode node) throws SQLException, Refusal {
    for (ExpressionNode operand : node.operands()) {
      shield(operand);
    }
    if (node.type().equals("OPERATOR_TRY")) {
      ExpressionNode shield = new ExpressionNode(items(tree(SHIELD.formatted(1))).get(0));
      shield.operands().get(0).replaceFirstOperand(node.operands().get(0));
      node.replaceFirstOperand(shield);
    }
  }

  private JsonNode tree(String text) throws SQLException, Refusal {
    try {
      String json = engine.texts("SELECT json_serialize_sql(?::VARCHAR)", SELECT + text).get(0);
      JsonNode answer = JSON.readTree(json);
      if (answer.path("error").asBoolean()) {
        throw new Refusal(
            "it is no valid expression: " + Names.told(answer.path("error_message").asText()),
            answer.path("position").asInt(Refusal.NOWHERE));
      }
      return answer;
    } catch (StreamConstraintsException e) {
      throw new Refusal("it is nested too deeply", Refusal.NOWHERE);
    } catch (JsonProcessingException e) { // the engine writes 1e400 as Infinity, which is no JSON
      throw new Refusal("a number in it is too large; it must be below 1.8e308", Refusal.NOWHERE);
    }
  }

  /** Where it begins; nowhere where it is no second item that is too much. */
  private static int secondItem(ArrayNode items) {
    long place =
        items == null || items.size() < 2
            ? Long.MAX_VALUE
            : new ExpressionNode(items.get(1)).location();
    return place < Integer.MAX_VALUE ? (int) place : Refusal.NOWHERE;
  }

  private static ArrayNode items(JsonNode parsed) {
    return parsed.path("statements").path(0).path("node").path("select_list")
            instanceof ArrayNode items
        ? items
        : null;
  }

  /** All that the statement is besides the expression: as much as {@code SELECT 1} and no more. */
  private static JsonNode withoutItem(JsonNode parsed) {
    JsonNode rest = parsed.deepCopy();
    items(rest).removeAll();
    return rest;
  }

  /** The engine counts bytes from the beginning of its statement. */
  private static int characters(String text, int bytes) {
    byte[] statement = (SELECT + text).getBytes(UTF_8);
    return bytes < SELECT.length() || bytes > statement.length
        ? Refusal.NOWHERE
        : new String(statement, 0, bytes, UTF_8).length() - SELECT.length();
  }

  /**
   * @param position index in the transform, or {@link Refusal#NOWHERE}
   */
  public static PermanentFailure failure(
      String stream, Mapping mapping, String reason, int position) {
    String text = mapping.transform();
    String place = "";
    if (position >= 0 && position < text.length()) {
      String rest = text.substring(position, Math.min(text.length(), position + SHOWN_LENGTH));
      place = " at character %d, %s".formatted(position + 1, Names.shown(rest));
    }
    return new PermanentFailure(
        "Stream %s, column %s: the transform %s is refused%s: %s"
            .formatted(
                Names.shown(stream),
                Names.shown(mapping.target()),
                Names.shown(text),
                place,
                reason.replaceFirst("([^.?])$", "$1.")),
        "A transform is one scalar expression over the file's columns; docs/transform.md lists"
            + " what it may use. Correct the mapping, then redrive the job.",
        JsonNodeFactory.instance.objectNode().put("column", mapping.target()),
        null);
  }
}
