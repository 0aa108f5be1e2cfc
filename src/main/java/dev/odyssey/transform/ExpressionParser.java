package dev.odyssey.transform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.odyssey.failure.PermanentFailure;
import java.sql.SQLException;
import java.util.List;

/**
 * Turns a mapping's {@code transform} into an {@link Expression}, or refuses it. The text itself
 * never becomes part of a statement: the engine parses it into a tree, {@link ExpressionTree}
 * allows every node of that tree, and the engine prints the SQL from the tree.
 */
final class ExpressionParser {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_LENGTH = 10_000;
  private static final int MAX_NESTING = 100;
  private static final String SELECT = "SELECT ";

  private final Engine engine;
  private final Source source;
  private final String stream;

  ExpressionParser(Engine engine, Source source, String stream) {
    this.engine = engine;
    this.source = source;
    this.stream = stream;
  }

  Expression parse(Mapping mapping) throws SQLException {
    try {
      requireBounded(mapping.transform());
      JsonNode parsed = tree(mapping.transform());
      ExpressionTree tree = new ExpressionTree(source);
      tree.check(parsed);
      String sql =
          engine.texts("SELECT json_deserialize_sql(CAST(? AS JSON))", parsed.toString()).get(0);
      return new Expression(sql.substring(SELECT.length()), List.copyOf(tree.used()));
    } catch (ExpressionTree.Refusal refusal) {
      throw new PermanentFailure(
          "Stream %s, column %s: the transform %s is refused: %s."
              .formatted(
                  Names.shown(stream),
                  Names.shown(mapping.target()),
                  Names.shown(mapping.transform()),
                  refusal.getMessage()),
          "A transform is one scalar expression over the file's columns; docs/transform.md lists"
              + " what it may use.");
    }
  }

  private JsonNode tree(String text) throws SQLException, ExpressionTree.Refusal {
    try {
      String json = engine.texts("SELECT json_serialize_sql(?::VARCHAR)", SELECT + text).get(0);
      JsonNode answer = JSON.readTree(json);
      if (answer.path("error").asBoolean()) {
        String message = answer.path("error_message").asText();
        throw new ExpressionTree.Refusal("it is no valid expression: " + message);
      }
      return answer;
    } catch (JsonProcessingException e) {
      throw new ExpressionTree.Refusal("it is nested too deeply");
    }
  }

  /** Before the parser sees it: parsers recurse. */
  private static void requireBounded(String text) throws ExpressionTree.Refusal {
    if (text.length() > MAX_LENGTH) {
      throw new ExpressionTree.Refusal("it is longer than " + MAX_LENGTH + " characters");
    }
    int depth = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '(' || c == '[' || c == '{') {
        depth++;
      } else if (c == ')' || c == ']' || c == '}') {
        depth--;
      }
      if (depth > MAX_NESTING) {
        throw new ExpressionTree.Refusal("it is nested deeper than " + MAX_NESTING);
      }
    }
  }
}
