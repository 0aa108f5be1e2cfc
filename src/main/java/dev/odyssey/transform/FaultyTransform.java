package dev.odyssey.transform;

import dev.odyssey.transform.definition.Mapping;
import dev.odyssey.transform.definition.StreamDefinition;
import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.EngineFailure;
import dev.odyssey.transform.expression.ExpressionParser;
import dev.odyssey.transform.expression.Refusal;
import dev.odyssey.transform.source.CsvSource;
import dev.odyssey.transform.source.Source;
import dev.odyssey.transform.types.Projection;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says which column's {@code transform} it was that the engine would not run: it took the wrong
 * types, a broken pattern, a time zone that is none. Stateless.
 */
final class FaultyTransform {
  private static final int ROWS = 10_000;

  /** What the engine says of an expression; of memory, disk and files it speaks otherwise. */
  private static final Pattern OF_EXPRESSIONS =
      Pattern.compile("(Binder|Catalog|Invalid Input|Not implemented|Syntax|Parser) Error");

  /** How it says that the operands are of the wrong type; the rest is advice of its own. */
  private static final Pattern OF_TYPES =
      Pattern.compile(
          "Binder Error: ((No function matches|Could not choose a best candidate|Cannot compare"
              + " values|Cannot mix values).*?)([.]| - an explicit cast is required)( (You might"
              + " need|In order to).*)?");

  /** The function or operator in such a message. */
  private static final Pattern CALLED = Pattern.compile("['\"]([^'\"(]+)\\([^'\"]*\\)['\"]");

  private FaultyTransform() {}

  /**
   * Throws the failure that names the column; returns where no transform is at fault.
   *
   * @param error met while the view {@code source} was read through all of them
   */
  static void find(
      SQLException error,
      List<Projection> projections,
      StreamDefinition stream,
      Source source,
      Engine engine,
      Path directory) {
    if (!isOfExpression(error)) {
      return;
    }
    for (Projection projection : projections) {
      if (projection.failed() != null && projection.isDerived()) {
        try {
          engine.counts(
              "SELECT count(%s) AS n FROM (SELECT * FROM source LIMIT %d)"
                  .formatted(projection.sql(), ROWS));
        } catch (SQLException own) {
          if (isOfExpression(own)) {
            Mapping mapping = stream.mappings().get(projection.number() - 1);
            String told = EngineFailure.shown(own, directory);
            throw ExpressionParser.failure(
                stream.name(), mapping, reason(told, source), place(told, mapping.transform()));
          }
        }
      }
    }
  }

  private static String reason(String told, Source source) {
    Matcher types = OF_TYPES.matcher(told);
    return types.matches() ? types.group(1) + ". " + source.typesAdvice() : told;
  }

  /** Where the expression has what the message names; nowhere where it has it more than once. */
  private static int place(String told, String expression) {
    Matcher called = CALLED.matcher(told);
    if (!called.find()) {
      return Refusal.NOWHERE;
    }
    String text = expression.toLowerCase(Locale.ROOT);
    int first = text.indexOf(called.group(1));
    return first == text.lastIndexOf(called.group(1)) ? first : Refusal.NOWHERE;
  }

  private static boolean isOfExpression(SQLException error) {
    return OF_EXPRESSIONS.matcher(String.valueOf(error.getMessage())).find()
        && !CsvSource.isReadersFault(error);
  }
}
