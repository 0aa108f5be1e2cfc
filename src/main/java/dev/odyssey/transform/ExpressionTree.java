package dev.odyssey.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Walks the engine's tree of {@code SELECT <transform>}: what is not known to be harmless is
 * refused, and every column is bound to one of the file's.
 */
final class ExpressionTree {
  private static final int MAX_PADDING = 10_000;
  private static final Set<String> OPERATORS =
      Set.of(
          "OPERATOR_COALESCE",
          "OPERATOR_IS_NULL",
          "OPERATOR_IS_NOT_NULL",
          "OPERATOR_NOT",
          "OPERATOR_TRY",
          "COMPARE_IN",
          "COMPARE_NOT_IN",
          "ARRAY_EXTRACT",
          "ARRAY_SLICE");
  private static final Set<String> CAST_TYPES =
      Set.of(
          "BOOLEAN",
          "TINYINT",
          "SMALLINT",
          "INTEGER",
          "BIGINT",
          "HUGEINT",
          "FLOAT",
          "DOUBLE",
          "DECIMAL",
          "VARCHAR",
          "DATE",
          "TIME",
          "TIMESTAMP",
          "TIMESTAMP WITH TIME ZONE",
          "INTERVAL",
          "UUID",
          "BLOB");

  private final Source source;
  private final Map<String, Source.Column> used = new LinkedHashMap<>();

  ExpressionTree(Source source) {
    this.source = source;
  }

  /** Why an expression is refused: the offending piece and the reason, in one clause. */
  static final class Refusal extends Exception {
    Refusal(String reason) {
      super(reason);
    }
  }

  Collection<Source.Column> used() {
    return used.values();
  }

  /** Rewrites the tree's column references to the file's own names. */
  void check(JsonNode answer) throws Refusal {
    JsonNode statements = answer.path("statements");
    JsonNode select = statements.path(0).path("node");
    JsonNode items = select.path("select_list");
    boolean bare =
        select.path("type").asText().equals("SELECT_NODE")
            && select.path("from_table").path("type").asText().equals("EMPTY")
            && isAbsent(select, "where_clause", "having", "qualify", "sample")
            && isEmpty(select, "modifiers", "group_expressions", "group_sets")
            && select.path("cte_map").path("map").isEmpty();
    if (statements.size() != 1 || items.size() != 1 || !bare) {
      throw new Refusal("it is more than one expression");
    }
    visit(items.get(0));
  }

  private void visit(JsonNode node) throws Refusal {
    String type = node.path("type").asText();
    switch (node.path("class").asText()) {
      case "CONSTANT" -> {}
      case "COLUMN_REF" -> bind((ObjectNode) node);
      case "FUNCTION" -> checkFunction(node);
      case "CAST" -> checkCast(node);
      case "COMPARISON" -> visit(List.of(node.path("left"), node.path("right")));
      case "BETWEEN" -> visit(List.of(node.path("input"), node.path("lower"), node.path("upper")));
      case "CONJUNCTION" -> visit(node.path("children"));
      case "CASE" -> visitCase(node);
      case "OPERATOR" -> {
        if (!OPERATORS.contains(type)) {
          throw new Refusal(spoken(type) + " is not allowed");
        }
        visit(node.path("children"));
      }
      case "SUBQUERY" -> throw new Refusal("a subquery is not allowed");
      case "WINDOW" -> throw new Refusal("a window function is not allowed");
      case "LAMBDA" -> throw new Refusal("a lambda is not allowed");
      case "STAR" -> throw new Refusal("* is not allowed");
      default -> throw new Refusal(spoken(type) + " is not allowed");
    }
    String alias = node.path("alias").asText();
    if (!alias.isEmpty()) {
      throw new Refusal("a name is given to a part of it (AS " + Names.shown(alias) + ")");
    }
  }

  private void visit(Iterable<JsonNode> nodes) throws Refusal {
    for (JsonNode node : nodes) {
      visit(node);
    }
  }

  private void visitCase(JsonNode node) throws Refusal {
    for (JsonNode check : node.path("case_checks")) {
      visit(List.of(check.path("when_expr"), check.path("then_expr")));
    }
    visit(node.path("else_expr"));
  }

  private void bind(ObjectNode node) throws Refusal {
    List<String> names = new ArrayList<>();
    node.path("column_names").forEach(name -> names.add(name.asText()));
    String path = String.join(".", names);
    Optional<Source.Column> column = source.find(path);
    Source.Column found =
        column.orElseThrow(
            () ->
                new Refusal(
                    "the file has no column "
                        + Names.shown(path)
                        + "; it has "
                        + Names.shown(source.columns())));
    used.put(found.name(), found);
    ArrayNode bound = node.putArray("column_names");
    bound.add(found.name());
  }

  private void checkFunction(JsonNode node) throws Refusal {
    String name = node.path("function_name").asText().toLowerCase(Locale.ROOT);
    String schema = node.path("schema").asText();
    boolean plain =
        (schema.isEmpty() || schema.equals("main"))
            && node.path("catalog").asText().isEmpty()
            && isAbsent(node, "filter")
            && !node.path("distinct").asBoolean()
            && node.path("order_bys").path("orders").isEmpty();
    if (!plain || !AllowedFunctions.ALL.contains(name)) {
      throw new Refusal("the function " + Names.shown(name) + " is not on the list");
    }
    if (AllowedFunctions.PADDING.contains(name)) {
      requireSmallConstant(name, node.path("children").path(1));
    }
    visit(node.path("children"));
  }

  private static void requireSmallConstant(String function, JsonNode length) throws Refusal {
    JsonNode value = length.path("value").path("value");
    boolean constant = length.path("class").asText().equals("CONSTANT") && value.canConvertToInt();
    if (!constant || value.asInt() > MAX_PADDING) {
      throw new Refusal(function + " needs a constant length up to " + MAX_PADDING);
    }
  }

  private void checkCast(JsonNode node) throws Refusal {
    String type = node.path("cast_type").path("id").asText();
    if (!CAST_TYPES.contains(type)) {
      throw new Refusal("a cast to " + spoken(type) + " is not allowed");
    }
    visit(node.path("child"));
  }

  private static boolean isAbsent(JsonNode node, String... fields) {
    return Set.of(fields).stream()
        .allMatch(f -> node.path(f).isNull() || node.path(f).isMissingNode());
  }

  private static boolean isEmpty(JsonNode node, String... fields) {
    return Set.of(fields).stream().allMatch(field -> node.path(field).isEmpty());
  }

  private static String spoken(String type) {
    return type.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
