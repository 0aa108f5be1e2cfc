package dev.odyssey.transform.expression;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One node of the engine's tree, as DuckDB 1.5 and 2.0 write it. A field that neither is known to
 * have could hide a part of the expression, so it is refused.
 */
record ExpressionNode(JsonNode json) {
  private static final Set<String> COMMON =
      Set.of("class", "type", "alias", "query_location", "query_location_length");
  private static final Map<String, Set<String>> FIELDS =
      Map.of(
          "CONSTANT", Set.of("value", "literal"),
          "COLUMN_REF", Set.of("column_names"),
          "FUNCTION",
              Set.of(
                  "function_name",
                  "schema",
                  "catalog",
                  "qualified_name",
                  "children",
                  "arguments",
                  "filter",
                  "order_bys",
                  "distinct",
                  "is_operator",
                  "export_state"),
          "CAST", Set.of("child", "cast_type", "type_expr", "try_cast"),
          "COMPARISON", Set.of("left", "right"),
          "BETWEEN", Set.of("input", "lower", "upper"),
          "CONJUNCTION", Set.of("children"),
          "OPERATOR", Set.of("children"),
          "CASE", Set.of("case_checks", "else_expr"),
          "LAMBDA", Set.of("lhs", "expr", "syntax_type"));

  String kind() {
    return json.path("class").asText();
  }

  String type() {
    return json.path("type").asText();
  }

  /** The byte in {@code SELECT expression}; huge where the engine does not know. */
  long location() {
    return json.path("query_location").asLong(Long.MAX_VALUE);
  }

  ExpressionNode child(String field) {
    return new ExpressionNode(json.path(field));
  }

  void requireKnownFields() throws Refusal {
    Set<String> known = FIELDS.getOrDefault(kind(), Set.of());
    for (Iterator<String> names = json.fieldNames(); names.hasNext(); ) {
      String name = names.next();
      if (!COMMON.contains(name) && !known.contains(name)) {
        throw new Refusal("it has the unknown part " + name, Refusal.NOWHERE);
      }
    }
  }

  /** Every expression right below this one. */
  List<ExpressionNode> operands() {
    List<ExpressionNode> operands = new ArrayList<>();
    for (String field : List.of("left", "right", "input", "lower", "upper", "child", "lhs")) {
      if (json.has(field)) {
        operands.add(child(field));
      }
    }
    json.path("children").forEach(child -> operands.add(new ExpressionNode(child)));
    json.path("arguments")
        .forEach(argument -> operands.add(new ExpressionNode(argument.path("expression"))));
    for (JsonNode check : json.path("case_checks")) {
      operands.add(new ExpressionNode(check.path("when_expr")));
      operands.add(new ExpressionNode(check.path("then_expr")));
    }
    if (json.has("else_expr")) {
      operands.add(child("else_expr"));
    }
    return operands;
  }

  void replaceFirstOperand(ExpressionNode operand) {
    if (json.path("children") instanceof ArrayNode children) {
      children.set(0, operand.json());
    } else {
      ((ObjectNode) json.path("arguments").path(0)).set("expression", operand.json());
    }
  }

  /** A name given to it or to one of its arguments; empty for none. */
  String givenName() {
    for (JsonNode argument : json.path("arguments")) {
      if (!argument.path("name").asText().isEmpty()) {
        return argument.path("name").asText();
      }
    }
    return json.path("alias").asText();
  }

  /** The function's name where it is called plainly: no schema, DISTINCT, FILTER or ORDER BY. */
  Optional<String> plainFunction() {
    String name = json.path("function_name").asText();
    String schema = json.path("schema").asText();
    JsonNode path = json.path("qualified_name").path("path");
    boolean plain =
        (schema.isEmpty() || schema.equals("main"))
            && json.path("catalog").asText().isEmpty()
            && (path.isMissingNode()
                || (path.size() == 1 && path.path(0).asText().equalsIgnoreCase(name)))
            && (json.path("filter").isNull() || json.path("filter").isMissingNode())
            && !json.path("distinct").asBoolean()
            && !json.path("export_state").asBoolean()
            && json.path("order_bys").path("orders").isEmpty();
    return plain ? Optional.of(name.toLowerCase(Locale.ROOT)) : Optional.empty();
  }

  /** The text of a constant, or its digits; empty where this is no plain constant. */
  Optional<String> constant() {
    JsonNode literal = json.path("literal");
    if (!kind().equals("CONSTANT")) {
      return Optional.empty();
    }
    if (literal.isObject()) {
      return Set.of("STRING", "INTEGER").contains(literal.path("kind").asText())
          ? Optional.of(literal.path("text").asText())
          : Optional.empty();
    }
    JsonNode value = json.path("value").path("value");
    return value.isTextual() || value.isIntegralNumber()
        ? Optional.of(value.asText())
        : Optional.empty();
  }

  boolean isNull() {
    return kind().equals("CONSTANT")
        && (json.path("value").path("is_null").asBoolean()
            || json.path("literal").path("kind").asText().equals("NULL"));
  }

  /** The type of a cast in capitals, with nothing but numbers in its parentheses; else empty. */
  Optional<String> castType() {
    JsonNode type = json.path("cast_type");
    if (type.isObject()) {
      JsonNode info = type.path("type_info");
      boolean plain =
          info.isNull()
              || info.path("type").asText().equals("DECIMAL_TYPE_INFO")
              || (info.path("type").asText().equals("GENERIC_TYPE_INFO")
                  && info.path("alias").asText().isEmpty());
      return plain ? Optional.of(type.path("id").asText()) : Optional.empty();
    }
    JsonNode named = json.path("type_expr");
    boolean plain =
        named.path("catalog").asText().isEmpty()
            && named.path("schema").asText().isEmpty()
            && named.path("qualified_name").path("path").size() <= 1;
    for (JsonNode argument : named.path("children")) {
      plain &= argument.path("class").asText().equals("CONSTANT");
    }
    String name = named.path("type_name").asText().toUpperCase(Locale.ROOT);
    return plain ? Optional.of(name) : Optional.empty();
  }

  /** A column's path as it was written. */
  List<String> columnPath() {
    List<String> names = new ArrayList<>();
    json.path("column_names").forEach(name -> names.add(name.asText()));
    return names;
  }

  void bindColumn(String name) {
    ((ObjectNode) json).putArray("column_names").add(name);
  }
}
