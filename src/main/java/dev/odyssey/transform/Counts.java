package dev.odyssey.transform;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * How many rows of a column fit each of some candidates.
 *
 * @param values rows that have a value
 * @param unique true when every row has a value and no two are the same; false where that was not
 *     asked
 * @param codes values with a zero in front, such as {@code 01067}
 * @param fitting values that fit, a candidate each
 */
record Counts(long rows, long values, boolean unique, long codes, List<Long> fitting) {
  /** A type is guessed where at least this share of the values fits: others are bad values. */
  private static final double ENOUGH = 0.8;

  private static final double LIKELY = 0.5;
  private static final int OTHERS = 4;

  /**
   * @param value the column, quoted
   * @param isValue true for the rows that have a value
   * @param distinct whether to look for doubles, which costs much
   */
  static Counts of(
      Engine engine,
      String table,
      String value,
      String isValue,
      List<Candidate> candidates,
      boolean distinct)
      throws SQLException {
    List<String> measures = new ArrayList<>();
    measures.add("count(*)");
    measures.add("count_if(" + isValue + ")");
    measures.add(distinct ? "count(DISTINCT " + value + ")" : "0");
    measures.add("count_if(regexp_matches(" + value + ", '^\\s*0+[0-9]'))");
    for (Candidate candidate : candidates) {
      measures.add("count_if(" + isValue + " AND (" + candidate.sql() + ") IS NOT NULL)");
    }
    List<Long> counts = counted(engine, measures, table);
    long rows = counts.get(0);
    long values = counts.get(1);
    boolean unique = rows > 0 && values == rows && counts.get(2) == rows;
    List<Long> fitting = List.copyOf(counts.subList(OTHERS, counts.size()));
    return new Counts(rows, values, unique, counts.get(3), fitting);
  }

  /**
   * The candidates that may be likely, by the patterns of their values: few patterns, and quicker
   * than casts.
   *
   * @param value the column, quoted
   * @param isValue true for the rows that have a value
   */
  static List<Candidate> ofShape(
      Engine engine, String table, String value, String isValue, List<Candidate> candidates)
      throws SQLException {
    List<String> patterns =
        candidates.stream().map(Candidate::pattern).filter(Objects::nonNull).distinct().toList();
    List<String> measures = new ArrayList<>();
    measures.add("count_if(" + isValue + ")");
    for (String pattern : patterns) {
      measures.add("count_if(" + isValue + " AND " + Candidate.hasShape(value, pattern) + ")");
    }
    List<Long> counts = counted(engine, measures, table);
    long values = counts.get(0);
    return candidates.stream()
        .filter(
            candidate ->
                candidate.pattern() == null
                    || counts.get(1 + patterns.indexOf(candidate.pattern())) >= LIKELY * values)
        .toList();
  }

  private static List<Long> counted(Engine engine, List<String> measures, String table)
      throws SQLException {
    List<Long> counts = new ArrayList<>();
    engine.rows(
        "SELECT " + String.join(",\n  ", measures) + "\nFROM " + table,
        row -> {
          for (int i = 1; i <= measures.size(); i++) {
            counts.add(row.getLong(i));
          }
        });
    return counts;
  }

  /** Those that are worth counting on; text, the last, always is. */
  List<Candidate> likely(List<Candidate> candidates) {
    List<Candidate> likely = new ArrayList<>();
    for (int i = 0; i < fitting.size(); i++) {
      if (values == 0 || fitting.get(i) >= LIKELY * values) {
        likely.add(candidates.get(i));
      }
    }
    return likely;
  }

  /**
   * The first that all values fit, else the one that most fit, else text, which is the last. A zero
   * in front makes every number of the column a code: {@code 01067} is no 1067. One word that is no
   * truth value makes all of them words: {@code F} may be female.
   */
  int best(List<Candidate> candidates) {
    int text = candidates.size() - 1;
    int best = text;
    long enough = (long) Math.ceil(values * ENOUGH);
    long most = Math.min(enough, values - (values < 4 ? 0 : 1)) - 1;
    for (int i = 0; values > 0 && i < text; i++) {
      boolean code = candidates.get(i).isNumber() && codes > 0;
      boolean word = candidates.get(i).type().equals("boolean") && fitting.get(i) < values;
      if (fitting.get(i) > most && !code && !word) {
        best = i;
        most = fitting.get(i);
      }
    }
    return best;
  }
}
