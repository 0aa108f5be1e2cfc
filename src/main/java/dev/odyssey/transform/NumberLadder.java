package dev.odyssey.transform;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides the engine type of {@code number} columns by the file's values: the narrowest of a few
 * decimals that holds them all exactly, so that money and long integers survive, and DOUBLE where
 * none does. Few rungs, and none narrower than in the last snapshot where that one holds the
 * values, so that the type seldom changes from one run to the next.
 *
 * <p>The beginning of the file gives a guess. Only where a later value does not fit, which the pass
 * that writes the rows finds out, is the whole file measured.
 */
final class NumberLadder {
  private static final int SAMPLE = 5_000;

  /** A decimal of as many digits is the text of its nearest double; of more it may be another. */
  static final int DOUBLE_DIGITS = 15;

  private static final List<DecimalSize> RUNGS =
      List.of(new DecimalSize(18, 4), new DecimalSize(38, 10), new DecimalSize(38, 20));

  private final Typed typed;
  private final Map<String, String> before;
  private final String kept;
  private final Set<String> proven = new HashSet<>();

  /**
   * @param before the last snapshot's columns and types; empty where there is none
   * @param kept SQL of its rows, where those that the file lacks stay; else null
   */
  NumberLadder(Typed typed, Map<String, String> before, String kept) {
    this.typed = typed;
    this.before = before;
    this.kept = kept;
  }

  /** As the last snapshot has them, else by the first rows of the file. */
  List<Projection> guess(List<Projection> projections, Engine engine) throws SQLException {
    List<Projection> known = projections.stream().map(this::asBefore).toList();
    return settle(
        known,
        "(SELECT * FROM " + typed.view(known) + " LIMIT " + SAMPLE + ")",
        engine,
        projection -> isNew(projection) || wasDouble(projection));
  }

  /** Whether a later row may refute what {@link #guess} has made of a column. */
  boolean isOpen(Projection projection) {
    return typed.isTextualNumber(projection)
        && (!projection.type().sql().equals("DOUBLE")
            || (wasDouble(projection) && !proven.contains(projection.target())));
  }

  private Projection asBefore(Projection projection) {
    return typed.isTextualNumber(projection) && !isNew(projection)
        ? projection.as(projection.type().as(before.get(projection.target())))
        : projection;
  }

  private boolean isNew(Projection projection) {
    return !wasDouble(projection) && rungBefore(projection).isEmpty();
  }

  private boolean wasDouble(Projection projection) {
    return "DOUBLE".equals(before.get(projection.target()));
  }

  /** By every row of the file: only the columns in question are read. */
  List<Projection> measure(List<Projection> projections, Engine engine) throws SQLException {
    return settle(projections, typed.view(projections), engine, any -> true);
  }

  /** True where a value that a wider type would hold did not fit the guess. */
  boolean isRefuted(List<Projection> guessed, BadValues badValues) {
    return guessed.stream().anyMatch(p -> badValues.count(Typed.misfit(p)) > 0);
  }

  private List<Projection> settle(
      List<Projection> projections, String rows, Engine engine, Predicate<Projection> open)
      throws SQLException {
    Predicate<Projection> measured = open.and(typed::isTextualNumber);
    List<String> measures = projections.stream().filter(measured).map(this::measure).toList();
    if (measures.isEmpty()) {
      return projections;
    }
    Map<String, Long> sizes =
        engine.counts("SELECT " + String.join(",\n  ", measures) + "\nFROM " + rows);
    for (Projection p : projections.stream().filter(measured).toList()) {
      if (sizes.get("special_" + p.number()) > 0) {
        proven.add(p.target());
      }
      if (kept != null && isCut(sizes, p)) {
        keptSizes(p, engine).forEach((size, digits) -> sizes.merge(size, digits, Math::max));
      }
    }
    return projections.stream()
        .map(p -> measured.test(p) ? p.as(p.type().as(rung(sizes, p))) : p)
        .toList();
  }

  /** Whether the last snapshot's type may have digits that the one by these sizes has not. */
  private boolean isCut(Map<String, Long> sizes, Projection projection) {
    Optional<DecimalSize> was = rungBefore(projection);
    String now = rung(sizes, projection);
    if (was.isEmpty()) {
      return before.containsKey(projection.target()) && !now.equals("DOUBLE");
    }
    return RUNGS.stream()
        .filter(rung -> rung.sql().equals(now))
        .anyMatch(rung -> !rung.holds(was.get().whole(), was.get().scale()));
  }

  private Map<String, Long> keptSizes(Projection projection, Engine engine) throws SQLException {
    return engine.counts(
        "SELECT %s\nFROM (SELECT %s::VARCHAR AS %s FROM %s)"
            .formatted(
                measure(projection),
                Sql.identifier(projection.target()),
                typed.plain(projection),
                kept));
  }

  private Optional<DecimalSize> rungBefore(Projection projection) {
    String was = before.getOrDefault(projection.target(), "");
    return RUNGS.stream().filter(rung -> rung.sql().equals(was)).findFirst();
  }

  private String measure(Projection projection) {
    return """
        max(CASE WHEN is_number(%1$s) THEN whole_digits(%1$s) END) AS whole_%2$d,
          max(CASE WHEN is_number(%1$s) THEN fraction_digits(%1$s) END) AS fraction_%2$d,
          max(CASE WHEN is_number(%1$s) THEN digit_count(%1$s) END) AS digits_%2$d,
          count_if(is_number(%1$s) AND regexp_matches(%1$s, '[^-+0-9.]')) AS special_%2$d"""
        .formatted("trim(" + typed.plain(projection) + ")", projection.number());
  }

  private String rung(Map<String, Long> sizes, Projection projection) {
    if (sizes.get("special_" + projection.number()) > 0
        || (wasDouble(projection) && sizes.get("digits_" + projection.number()) <= DOUBLE_DIGITS)) {
      return "DOUBLE";
    }
    List<DecimalSize> fitting =
        RUNGS.stream()
            .filter(
                rung ->
                    rung.holds(
                        sizes.get("whole_" + projection.number()),
                        sizes.get("fraction_" + projection.number())))
            .toList();
    Optional<DecimalSize> floor = rungBefore(projection);
    return fitting.stream()
        .filter(rung -> floor.map(f -> rung.holds(f.whole(), f.scale())).orElse(true))
        .findFirst()
        .or(() -> fitting.stream().findFirst())
        .map(DecimalSize::sql)
        .orElse("DOUBLE");
  }
}
