package dev.odyssey.transform.types;

import dev.odyssey.transform.engine.BadValues;
import dev.odyssey.transform.engine.DecimalSize;
import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.Sql;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

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

  /** Columns that share a query: it holds the texts of 2,048 of their rows at once. */
  private static final int TOGETHER = 2_000;

  private static final String DIGITS =
      """
      -- Digits before and behind the point; whether one is written as no decimal is.
      SELECT place,
        max(whole_digits(mantissa) + exponent),
        max(coalesce(fraction_digits(mantissa), 0) - exponent),
        bool_or(regexp_matches(number, '[^-+0-9.]'))
      FROM (SELECT *, mantissa(number) AS mantissa, exponent(number) AS exponent
        FROM %s)
      GROUP BY place""";

  private static final String OUTDOING =
      """
      -- Columns with numbers that no double holds.
      SELECT DISTINCT place
      FROM %s
      WHERE outdoes_double(number)""";

  /**
   * What a column's numbers need.
   *
   * @param whole most digits before the point
   * @param fraction behind it
   * @param special whether one is written as no decimal is
   * @param outdoDouble whether one has more than a double holds, where that matters
   */
  private record Digits(long whole, long fraction, boolean special, boolean outdoDouble) {
    private static final Digits NONE = new Digits(0, 0, false, false);

    Digits outdoing() {
      return new Digits(whole, fraction, special, true);
    }

    Digits max(Digits other) {
      return new Digits(
          Math.max(whole, other.whole),
          Math.max(fraction, other.fraction),
          special || other.special,
          outdoDouble || other.outdoDouble);
    }
  }

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
    Map<Integer, Digits> digits = digits(some, rows, engine);
    for (Projection p : some) {
      if (kept != null && isCut(digits.get(p.number()), p)) {
        digits.merge(p.number(), keptDigits(p, engine), Digits::max);
      }
      if (fitting(digits.get(p.number())).isEmpty()) {
        proven.add(p.target());
      }
    }
    return projections.stream()
        .map(p -> measured.test(p) ? p.as(p.type().as(rung(digits.get(p.number()), p))) : p)
        .toList();
  }

  /** Whether the last snapshot's type may have digits that the one by these has not. */
  private boolean isCut(Digits digits, Projection projection) {
    String now = rung(digits, projection);
    String was = before.getOrDefault(projection.target(), now);
    return !was.equals(now)
        && !DecimalSize.of(now)
            .flatMap(rung -> rungBefore(projection).map(rung::holds))
            .orElse(false);
  }

  private Digits keptDigits(Projection projection, Engine engine) throws SQLException {
    String texts =
        "(SELECT %s::VARCHAR AS %s FROM %s)"
            .formatted(Sql.identifier(projection.target()), typed.plain(projection), kept);
    return digits(List.of(projection), texts, engine).get(projection.number());
  }

  /** By the projections' numbers. */
  private Map<Integer, Digits> digits(List<Projection> projections, String rows, Engine engine)
      throws SQLException {
    Map<Integer, Digits> digits = new HashMap<>();
    for (int i = 0; i < projections.size(); i += TOGETHER) {
      List<Projection> some = projections.subList(i, Math.min(i + TOGETHER, projections.size()));
      some.forEach(p -> digits.put(p.number(), Digits.NONE));
      engine.rows(
          DIGITS.formatted(numbers(some, rows)),
          row ->
              digits.put(
                  some.get(row.getInt(1)).number(),
                  new Digits(row.getLong(2), row.getLong(3), row.getBoolean(4), false)));
      List<Projection> doubtful =
          some.stream()
              .filter(p -> kept != null || mayBeDouble(digits.get(p.number()), p))
              .toList();
      if (!doubtful.isEmpty()) {
        engine.rows(
            OUTDOING.formatted(numbers(doubtful, rows)),
            row ->
                digits.computeIfPresent(
                    doubtful.get(row.getInt(1)).number(), (number, own) -> own.outdoing()));
      }
    }
    return digits;
  }

  /** The texts that are numbers, all columns below each other: to plan one takes less. */
  private String numbers(List<Projection> some, String rows) {
    String texts = some.stream().map(typed::plain).collect(Collectors.joining(", "));
    return """
        (SELECT place, CASE WHEN is_number(value) THEN trim(value) END AS number
          FROM (SELECT unnest(range(%d)) AS place, unnest([%s]) AS value FROM %s))"""
        .formatted(some.size(), texts, rows);
  }

  private Optional<DecimalSize> rungBefore(Projection projection) {
    String was = before.getOrDefault(projection.target(), "");
    return RUNGS.stream().filter(rung -> rung.sql().equals(was)).findFirst();
  }

  private String rung(Digits digits, Projection projection) {
    List<DecimalSize> fitting = fitting(digits);
    if (fitting.isEmpty() || (!digits.outdoDouble() && mayBeDouble(digits, projection))) {
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
  private boolean mayBeDouble(Digits digits, Projection projection) {
    return wasDouble(projection) || digits.special();
  }

  private static List<DecimalSize> fitting(Digits digits) {
    return RUNGS.stream().filter(rung -> rung.holds(digits.whole(), digits.fraction())).toList();
  }
}
