package dev.odyssey.transform;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Decides the engine type of {@code number} columns from every value of the file: the narrowest of
 * a few decimals that holds them all exactly, so that money and long integers survive, and DOUBLE
 * where none does. Few rungs, so that the type seldom changes from one run to the next.
 */
final class NumberLadder {
  private record Rung(int whole, int fraction, String sql) {}

  private static final List<Rung> RUNGS =
      List.of(
          new Rung(14, 4, "DECIMAL(18,4)"),
          new Rung(28, 10, "DECIMAL(38,10)"),
          new Rung(18, 20, "DECIMAL(38,20)"));

  private final Typed typed;
  private final Cast cast;

  NumberLadder(Typed typed, Cast cast) {
    this.typed = typed;
    this.cast = cast;
  }

  /**
   * Reads the file once more, and only the columns in question; not at all where there are none.
   */
  List<Projection> settle(List<Projection> projections, Engine engine) throws SQLException {
    List<String> measures = new ArrayList<>();
    for (Projection projection : projections) {
      if (typed.isTextualNumber(projection)) {
        measures.add(measure(projection));
      }
    }
    if (measures.isEmpty()) {
      return projections;
    }
    Map<String, Long> sizes =
        engine.counts("SELECT " + String.join(",\n  ", measures) + "\nFROM mapped");
    return projections.stream()
        .map(p -> typed.isTextualNumber(p) ? p.as(p.type().as(rung(sizes, p.number()))) : p)
        .toList();
  }

  private String measure(Projection projection) {
    String number = "trim(" + cast.plainNumber(Sql.identifier(projection.target())) + ")";
    return """
        max(CASE WHEN %1$s THEN CASE WHEN contains(%2$s, '.') THEN strpos(%2$s, '.') - 1 ELSE strlen(%2$s) END END) AS whole_%3$d,
          max(CASE WHEN %1$s AND contains(%2$s, '.') THEN strlen(rtrim(%2$s, '0')) - strpos(%2$s, '.') END) AS fraction_%3$d,
          count_if(%1$s AND regexp_matches(%2$s, '[^-+0-9.]')) AS special_%3$d"""
        .formatted("TRY_CAST(" + number + " AS DOUBLE) IS NOT NULL", number, projection.number());
  }

  private static String rung(Map<String, Long> sizes, int number) {
    if (sizes.get("special_" + number) > 0) {
      return "DOUBLE";
    }
    return RUNGS.stream()
        .filter(rung -> sizes.get("whole_" + number) <= rung.whole())
        .filter(rung -> sizes.get("fraction_" + number) <= rung.fraction())
        .map(Rung::sql)
        .findFirst()
        .orElse("DOUBLE");
  }
}
