package dev.odyssey.transform;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** SQL of the view {@code typed}: every target in its own type, what does not fit told apart. */
final class Typed {
  private final Cast cast;
  private final Map<String, String> engineTypes;

  /**
   * @param engineTypes of the view {@code mapped}
   */
  Typed(Cast cast, Map<String, String> engineTypes) {
    this.cast = cast;
    this.engineTypes = engineTypes;
  }

  /** Gives columns without a type the one that they have, and keeps a native number as it is. */
  List<Projection> settle(List<Projection> projections) {
    List<Projection> settled = new ArrayList<>();
    for (Projection projection : projections) {
      String has = engineTypes.get(projection.target());
      boolean keeps =
          projection.type() == null
              || (projection.type().kind() == ColumnType.Kind.NUMBER && isNumeric(has));
      settled.add(keeps ? projection.as(ColumnType.ofEngine(has)) : projection);
    }
    return settled;
  }

  /** True for the texts whose type {@link NumberLadder} decides. */
  boolean isTextualNumber(Projection projection) {
    return projection.type().kind() == ColumnType.Kind.NUMBER
        && engineTypes.get(projection.target()).equals("VARCHAR");
  }

  String select(List<Projection> projections) {
    return projections.stream()
        .map(projection -> value(projection) + " AS " + Sql.identifier(projection.target()))
        .collect(Collectors.joining(",\n  ", "SELECT\n  ", "\nFROM mapped"));
  }

  private String value(Projection projection) {
    String column = Sql.identifier(projection.target());
    boolean fromText = engineTypes.get(projection.target()).equals("VARCHAR");
    String value =
        fromText
            ? cast.fromText(column, projection.type())
            : cast.fromEngine(column, projection.type());
    List<String> faults = new ArrayList<>();
    if (!value.equals(column)) {
      String bad =
          fromText
              ? "NOT (" + cast.isNoValue(column, projection.type()) + ")"
              : column + " IS NOT NULL";
      faults.add("WHEN " + bad + " THEN " + report(projection, column + "::VARCHAR"));
    }
    if (projection.failed() != null) {
      String failed = Sql.identifier(projection.failedColumn());
      faults.add("WHEN " + failed + " IS NOT NULL THEN " + report(projection, failed));
    }
    return faults.isEmpty()
        ? value
        : "coalesce(%s,%n    CASE %s END)".formatted(value, String.join(" ", faults));
  }

  private static String report(Projection projection, String text) {
    return "TRY_CAST(%s(%d, %s) AS %s)"
        .formatted(BadValues.FUNCTION, projection.number(), text, projection.type().sql());
  }

  private static boolean isNumeric(String type) {
    return type.matches("U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\\(.*\\)");
  }
}
