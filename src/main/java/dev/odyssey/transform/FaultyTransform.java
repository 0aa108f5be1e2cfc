package dev.odyssey.transform;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
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
            throw ExpressionParser.failure(
                stream.name(),
                stream.mappings().get(projection.number() - 1),
                EngineFailure.shown(own, directory),
                Refusal.NOWHERE);
          }
        }
      }
    }
  }

  private static boolean isOfExpression(SQLException error) {
    return OF_EXPRESSIONS.matcher(String.valueOf(error.getMessage())).find()
        && !CsvSource.isReadersFault(error);
  }
}
