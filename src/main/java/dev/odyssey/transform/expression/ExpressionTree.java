package dev.odyssey.transform.expression;

import com.fasterxml.jackson.databind.JsonNode;
import dev.odyssey.transform.source.Source;
import dev.odyssey.transform.text.Names;
import dev.odyssey.transform.text.Nesting;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Walks the engine's tree of an expression: what is not known to be harmless is refused, and every
 * column is bound to one of the file's. {@link ExpressionSize} then bounds what it makes.
 */
final class ExpressionTree {
  /** Each level is two or three of JSON's, whose reader allows a thousand. */
  static final int MAX_DEPTH = 200;

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
          "BOOLEAN,BOOL,TINYINT,SMALLINT,INTEGER,INT,INT4,BIGINT,INT8,LONG,HUGEINT,FLOAT,REAL,DOUBLE,DECIMAL,NUMERIC,VARCHAR,TEXT,STRING,CHAR,DATE,TIME,TIMESTAMP,DATETIME,TIMESTAMPTZ,TIMESTAMP WITH TIME ZONE,INTERVAL,UUID,BLOB"
              .split(","));
  private static final Map<String, String> ELSEWHERE =
      Map.of(
          "SUBQUERY", "a subquery is not allowed; a transform sees one row of the file",
          "WINDOW", "a window function is not allowed; a transform sees one row of the file",
          "STAR", "* is not allowed; name the columns",
          "POSITIONAL_REFERENCE", "columns by number are not allowed; name the column",
          "PARAMETER", "parameters are not allowed; write the value",
          "COLLATE", "a collation is not allowed; compare lower(column)");

  private final Source source;
  private final Map<String, Source.Column> used = new LinkedHashMap<>();

  ExpressionTree(Source source) {
    this.source = source;
  }

  Collection<Source.Column> used() {
    return used.values();
  }

  /** Rewrites the tree's column references to the file's own names. */
  void check(JsonNode expression) throws Refusal {
    ExpressionNode whole = new ExpressionNode(expression);
    visit(whole, 1, 0);
    OtherDialects.requireNoBracketedName(whole);
  }

  /**
   * @param lists how many lists are made around it
   */
  private void visit(ExpressionNode node, int depth, int lists) throws Refusal {
    if (depth > MAX_DEPTH) {
      throw new Refusal(
          "it is nested deeper than " + MAX_DEPTH + "; write concat(a, b, ...), not a || b || ...",
          Refusal.NOWHERE);
    }
    try {
      check(node);
      int within = lists + (node.plainFunction().filter("list_value"::equals).isPresent() ? 1 : 0);
      if (within > Nesting.MOST) { // what the engine does with one doubles with each level
        throw refusal("its lists are nested deeper than " + Nesting.MOST);
      }
      for (ExpressionNode operand : node.operands()) {
        visit(operand, depth + 1, within);
      }
    } catch (Refusal refusal) {
      throw refusal.position() == Refusal.NOWHERE && node.location() < Integer.MAX_VALUE
          ? new Refusal(refusal.getMessage(), (int) node.location())
          : refusal;
    }
  }

  private void check(ExpressionNode node) throws Refusal {
    OtherDialects.requireMeant(node);
    switch (node.kind()) {
      case "COLUMN_REF" -> bind(node);
      case "FUNCTION" -> checkFunction(node);
      case "CAST" -> checkCast(node);
      case "OPERATOR" -> {
        if (!OPERATORS.contains(node.type())) {
          throw refusal(spoken(node.type()) + " is not allowed");
        }
      }
      case "LAMBDA" -> {
        if (node.child("expr").constant().isEmpty()) {
          throw refusal("a lambda is not allowed; -> takes a constant JSON path");
        }
        requireHarmlessPath(node.child("expr"));
      }
      case "CONSTANT", "COMPARISON", "BETWEEN", "CONJUNCTION", "CASE" -> {}
      default ->
          throw refusal(
              ELSEWHERE.getOrDefault(node.kind(), spoken(node.kind()) + " is not allowed"));
    }
    String name = node.givenName();
    if (!name.isEmpty()) {
      throw refusal("a name is given to a part of it (" + Names.shown(name) + "); leave it out");
    }
    node.requireKnownFields();
  }

  private void bind(ExpressionNode node) throws Refusal {
    String path = String.join(".", node.columnPath());
    Optional<Source.Column> column = source.find(path);
    if (column.isEmpty()) {
      throw refusal(
          Names.missing(path, source.columns())
              + AllowedFunctions.special(path)
              + (path.startsWith("'") ? "" : "; a text stands in single quotes"));
    }
    used.put(column.get().name(), column.get());
    node.bindColumn(column.get().name());
  }

  private void checkFunction(ExpressionNode node) throws Refusal {
    String shown = node.json().path("function_name").asText();
    String name =
        node.plainFunction()
            .orElseThrow(
                () ->
                    refusal(
                        "the function "
                            + Names.shown(shown)
                            + " is not called plainly: write name(a, b), without schema, DISTINCT,"
                            + " FILTER or ORDER BY"));
    if (!AllowedFunctions.ALL.contains(name)) {
      throw refusal(
          "the function "
              + Names.shown(shown)
              + " is not on the list of docs/transform.md"
              + AllowedFunctions.advice(name));
    }
    checkArguments(name, node.operands());
  }

  private static void checkArguments(String function, List<ExpressionNode> arguments)
      throws Refusal {
    int fewest = AllowedFunctions.FEWEST_ARGUMENTS.getOrDefault(function, 0);
    if (arguments.size() < fewest) {
      throw refusal(function + " takes " + fewest + " arguments, not " + arguments.size());
    }
    LikePattern.requireQuick(function, arguments);
    int constants = AllowedFunctions.CONSTANT_ARGUMENTS.getOrDefault(function, 0);
    for (int i = 0; i < arguments.size(); i++) {
      if ((constants & 1 << i) != 0 && arguments.get(i).constant().isEmpty()) {
        throw refusal("argument " + (i + 1) + " of " + function + " must be a constant");
      }
      if (i > 0 && AllowedFunctions.JSON_PATHS.contains(function)) {
        requireHarmlessPath(arguments.get(i));
      }
    }
  }

  /** {@code **} and {@code ..} give every part of every part: as much as the square of the row. */
  private static void requireHarmlessPath(ExpressionNode path) throws Refusal {
    String told = path.constant().orElse("**");
    if (told.contains("**") || told.contains("..")) {
      throw refusal("a JSON path must be a constant without ** and ..");
    }
  }

  private static void checkCast(ExpressionNode node) throws Refusal {
    Optional<String> type = node.castType();
    if (type.isEmpty() || !CAST_TYPES.contains(type.get())) {
      throw refusal(
          "a cast to %s is not allowed; there are boolean, integer, bigint, double, decimal(p,s),"
                  .formatted(type.map(ExpressionTree::spoken).orElse("this type"))
              + " varchar, date, time, timestamp, timestamptz, interval, uuid and blob");
    }
  }

  private static Refusal refusal(String reason) {
    return new Refusal(reason, Refusal.NOWHERE);
  }

  private static String spoken(String type) {
    return type.toLowerCase(Locale.ROOT).replace('_', ' ');
  }
}
