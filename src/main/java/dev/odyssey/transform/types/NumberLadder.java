package dev.odyssey.transform.types;

import dev.odyssey.transform.engine.BadValues;
import dev.odyssey.transform.engine.DecimalSize;
import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Decides the engine type of {@code number} columns by the file's values: the narrowest of a few
 * decimals that holds them all exactly, so that money and long integers survive, and DOUBLE where
 * none does or where they are written as such and it holds their digits. Few rungs, and none
 * narrower than in the last snapshot where that one holds the values, so that the type seldom
 * changes from one run to the next.
 *
 * <p>The beginning of the file gives a guess. Only where a later value does not fit, which the pass
 * that writes the rows finds out, is the whole file measured.
 */
public final class NumberLadder {
  private static final int SAMPLE = 5_000;

  private static final List<DecimalSize> RUNGS =
      List.of(
          new DecimalSize(18, 4),
          new DecimalSize(18, 8),
          new DecimalSize(38, 10),
          new DecimalSize(38, 20));

  private final Typed typed;
  private final Map<String, String> before;
  private final String kept;
  private final Set<String> proven = new HashSet<>();

  /**
   * @param before the last snapshot's columns and types; empty where there is none
   * @param kept SQL of its rows, where those that the file lacks stay; else null
   */
  public NumberLadder(Typed typed, Map<String, String> before, String kept) {
    this.typed = typed;
    this.before = before;
    this.kept = kept;
  }

  /** As the last snapshot has them, else by the first rows of the file. */
  public List<Projection> guess(List<Projection> projections, Engine engine) throws SQLException {
    List<Projection> known = projections.stream().map(this::asBefore).toList();
    return settle(
        known,
        "(SELECT * FROM " + typed.view(known) + " LIMIT " + SAMPLE + ")",
        engine,
        projection -> rungBefore(projection).isEmpty());
  }

  /** Whether {@link #guess} will read rows. */
  public boolean hasToGuess(List<Projection> projections) {
    return projections.stream()
        .map(this::asBefore)
        .anyMatch(p -> typed.isTextualNumber(p) && rungBefore(p).isEmpty());
  }

  /** Whether a later row may refute what {@link #guess} has made of a column. */
  public boolean isOpen(Projection projection) {
    return typed.isTextualNumber(projection) && !proven.contains(projection.target());
  }

  private Projection asBefore(Projection projection) {
    return typed.isTextualNumber(projection)
            && (wasDouble(projection) || rungBefore(projection).isPresent())
        ? projection.as(projection.type().as(before.get(projection.target())))
        : projection;
  }

  private boolean wasDouble(Projection projection) {
    return "DOUBLE".equals(before.get(projection.target()));
  }

  /** By every row of the file: only the columns in question are read. */
  public List<Projection> measure(List<Projection> projections, Engine engine) throws SQLException {
    return settle(projections, typed.view(projections), engine, any -> true);
  }

  /** True where a value that a wider type would hold did not fit the guess. */
  public boolean isRefuted(List<Projection> guessed, BadValues badValues) {
    return guessed.stream().anyMatch(p -> badValues.count(Typed.misfit(p)) > 0);
  }

  private List<Projection> settle(
      List<Projection> projections, String rows, Engine engine, Predicate<Projection> open)
      throws SQLException {
    Predicate<Projection> measured = open.and(typed::isTextualNumber);
    List<Projection> some = projections.stream().filter(measured).toList();
    if (some.isEmpty()) {
      return projections;
    }
    Map<String, Long> sizes = sizes(some, rows, engine);
    for (Projection p : some) {
      if (kept != null && isCut(sizes, p)) {
        keptSizes(p, engine).forEach((size, digits) -> sizes.merge(size, digits, Math::max));
      }
      if (fitting(sizes, p).isEmpty()) {
        proven.add(p.target());
      }
    }
    return projections.stream()
        .map(p -> measured.test(p) ? p.as(p.type().as(rung(sizes, p))) : p)
        .toList();
  }

  /** Whether the last snapshot's type may have digits that the one by these sizes has not. */
  private boolean isCut(Map<String, Long> sizes, Projection projection) {
    String now = rung(sizes, projection);
    String was = before.getOrDefault(projection.target(), now);
    return !was.equals(now)
        && !DecimalSize.of(now)
            .flatMap(rung -> rungBefore(projection).map(rung::holds))
            .orElse(false);
  }

  private Map<String, Long> keptSizes(Projection projection, Engine engine) throws SQLException {
    String texts =
        "(SELECT %s::VARCHAR AS %s FROM %s)"
            .formatted(Sql.identifier(projection.target()), typed.plain(projection), kept);
    return sizes(List.of(projection), texts, engine);
  }

  /** Digits, and where the type may be a double how many numbers have more than it holds. */
  private Map<String, Long> sizes(List<Projection> some, String rows, Engine engine)
      throws SQLException {
    Map<String, Long> sizes = engine.counts(digits(some, rows));
    List<String> outdoing =
        some.stream()
            .filter(p -> kept != null || mayBeDouble(sizes, p))
            .map(p -> "count_if(outdoes_double(n_%1$d)) AS long_%1$d".formatted(p.number()))
            .toList();
    if (!outdoing.isEmpty()) {
      sizes.putAll(
          engine.counts(
              "-- Numbers that no double holds.\n" + select(outdoing, numbers(some, rows))));
    }
    return sizes;
  }

  private String digits(List<Projection> some, String rows) {
    List<String> parts = new ArrayList<>(List.of("*"));
    List<String> digits = new ArrayList<>();
    for (Projection projection : some) {
      int number = projection.number();
      parts.add("mantissa(n_%1$d) AS m_%1$d, exponent(n_%1$d) AS e_%1$d".formatted(number));
      digits.add(
          """
          max(whole_digits(m_%1$d) + e_%1$d) AS whole_%1$d,
            max(coalesce(fraction_digits(m_%1$d), 0) - e_%1$d) AS fraction_%1$d,
            count_if(regexp_matches(n_%1$d, '[^-+0-9.]')) AS special_%1$d"""
              .formatted(number));
    }
    return "-- Digits before and behind the point; whether one is written as no decimal is.\n"
        + select(digits, "(" + select(parts, numbers(some, rows)) + ")");
  }

  /** The texts that are numbers. */
  private String numbers(List<Projection> some, String rows) {
    List<String> numbers =
        some.stream()
            .map(
                p ->
                    "CASE WHEN is_number(%1$s) THEN trim(%1$s) END AS n_%2$d"
                        .formatted(typed.plain(p), p.number()))
            .toList();
    return "(" + select(numbers, rows) + ")";
  }

  private static String select(List<String> columns, String from) {
    return "SELECT " + String.join(",\n  ", columns) + "\nFROM " + from;
  }

  private Optional<DecimalSize> rungBefore(Projection projection) {
    String was = before.getOrDefault(projection.target(), "");
    return RUNGS.stream().filter(rung -> rung.sql().equals(was)).findFirst();
  }

  private String rung(Map<String, Long> sizes, Projection projection) {
    List<DecimalSize> fitting = fitting(sizes, projection);
    boolean isShort = sizes.getOrDefault("long_" + projection.number(), 0L) == 0;
    if (fitting.isEmpty() || (isShort && mayBeDouble(sizes, projection))) {
      return "DOUBLE";
    }
    Optional<DecimalSize> floor = rungBefore(projection);
    return fitting.stream()
        .filter(rung -> floor.map(rung::holds).orElse(true))
        .findFirst()
        .orElse(fitting.get(0))
        .sql();
  }

  /** It was one, or a number is written as such: with an exponent, or not finite. */
  private boolean mayBeDouble(Map<String, Long> sizes, Projection projection) {
    return wasDouble(projection) || sizes.get("special_" + projection.number()) > 0;
  }

  private static List<DecimalSize> fitting(Map<String, Long> sizes, Projection projection) {
    long whole = sizes.get("whole_" + projection.number());
    long fraction = sizes.get("fraction_" + projection.number());
    return RUNGS.stream().filter(rung -> rung.holds(whole, fraction)).toList();
  }
}
