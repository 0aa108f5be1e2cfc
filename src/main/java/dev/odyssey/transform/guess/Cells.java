package dev.odyssey.transform.guess;

import dev.odyssey.transform.diff.Comparison;
import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.Sql;
import dev.odyssey.transform.text.CellKind;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The cells of columns of text, one below the other, so that columns share their queries: to
 * prepare one takes longer than to run it on some thousand rows. Answers are lists with an element
 * for each column.
 *
 * @param sql a relation of {@code place} (the column, from 0), {@code nth} (the row), {@code value}
 *     and {@code is_value}
 * @param columns how many
 */
record Cells(Engine engine, String sql, int columns) {
  private static final String NOTHING =
      CellKind.NOTHING.stream().map(Sql::literal).collect(Collectors.joining(", ", "(", ")"));

  private static final String SQL =
      """
      (SELECT place, nth, value,
        coalesce(trim(value) <> '' AND lower(trim(value)) NOT IN %s
          AND NOT starts_with(value, '0000-00-00'), false) AS is_value
      FROM (SELECT %s AS place, %s AS nth, %s AS value FROM %s))""";

  /**
   * @param fit the first value that fits; null for none
   * @param misfit the first that does not; null for none
   * @param nothing the words for nothing
   */
  record Samples(String fit, String misfit, List<String> nothing) {
    /** Of more rows than these. */
    Samples or(Samples more) {
      return new Samples(
          fit == null ? more.fit : fit, misfit == null ? more.misfit : misfit, more.nothing);
    }
  }

  /** Of the first rows. The engine keeps them until it is asked for others. */
  static Cells first(int rows, Engine engine, String table, List<String> columns)
      throws SQLException {
    String list = Comparison.list(columns);
    String cells =
        SQL.formatted(
            NOTHING,
            "unnest(range(" + columns.size() + "))",
            "row_number() OVER ()",
            "unnest([" + list + "])",
            "(SELECT " + list + " FROM " + table + " LIMIT " + rows + ")");
    engine.run("CREATE OR REPLACE TEMP TABLE cells AS FROM " + cells);
    return new Cells(engine, "cells", columns.size());
  }

  /** Of all rows of one column. */
  static Cells of(Engine engine, String table, String column) {
    String cells = SQL.formatted(NOTHING, "0", "0", Sql.identifier(column), table);
    return new Cells(engine, cells, 1);
  }

  /**
   * Those that may be likely, by the patterns of the values: few patterns, and quicker than casts.
   */
  List<List<Candidate>> ofShape(List<Candidate> candidates) throws SQLException {
    List<String> patterns =
        candidates.stream().map(Candidate::pattern).filter(Objects::nonNull).distinct().toList();
    List<String> measures = new ArrayList<>(List.of("count(*)"));
    patterns.forEach(p -> measures.add("count_if(" + Candidate.hasShape("value", p) + ")"));
    return counted(measures, "is_value").stream()
        .map(
            counts ->
                candidates.stream()
                    .filter(
                        candidate -> {
                          int pattern = patterns.indexOf(candidate.pattern());
                          return pattern < 0 || Counts.likely(counts[1 + pattern], counts[0]);
                        })
                    .toList())
        .toList();
  }

  /**
   * Without how many fit.
   *
   * @param distinct whether to look for doubles, which costs much
   */
  List<Counts> sizes(boolean distinct) throws SQLException {
    return counted(
            List.of(
                "count(*)",
                "count_if(is_value)",
                distinct ? "count(DISTINCT value)" : "0",
                "count_if(regexp_matches(value, '^\\s*0+[0-9]'))"),
            "true")
        .stream()
        .map(
            size -> {
              boolean unique = size[0] > 0 && size[1] == size[0] && size[2] == size[0];
              return new Counts(size[0], size[1], unique, size[3], List.of());
            })
        .toList();
  }

  /**
   * How many values fit each candidate.
   *
   * @param candidates of each column
   */
  List<List<Long>> fitting(List<List<Candidate>> candidates) throws SQLException {
    List<List<Long>> fitting = new ArrayList<>(Collections.nCopies(columns, List.of()));
    for (List<Candidate> some : Set.copyOf(candidates)) {
      List<Integer> places = places(candidates, some);
      List<String> fits = some.stream().map(c -> "count_if(" + c.fits() + ")").toList();
      if (!fits.isEmpty()) {
        List<long[]> counts = counted(fits, "is_value AND " + isOneOf(places));
        places.forEach(
            place -> fitting.set(place, Arrays.stream(counts.get(place)).boxed().toList()));
      }
    }
    return fitting;
  }

  /**
   * @param chosen of each column
   */
  List<Samples> samples(List<Candidate> chosen) throws SQLException {
    Samples[] samples = new Samples[columns];
    Arrays.fill(samples, new Samples(null, null, List.of()));
    for (Candidate candidate : Set.copyOf(chosen)) {
      engine.rows(
          """
          SELECT place,
            arg_min(value, nth) FILTER (is_value AND fits),
            arg_min(value, nth) FILTER (is_value AND NOT fits),
            string_agg(DISTINCT trim(value), chr(10) ORDER BY trim(value)) FILTER (lower(trim(value)) IN %s)
          FROM (SELECT *, %s AS fits FROM %s WHERE %s)
          GROUP BY place"""
              .formatted(NOTHING, candidate.fits(), sql, isOneOf(places(chosen, candidate))),
          row -> {
            String nothing = row.getString(4);
            samples[row.getInt(1)] =
                new Samples(
                    row.getString(2),
                    row.getString(3),
                    nothing == null ? List.of() : List.of(nothing.split("\n", -1)));
          });
    }
    return List.of(samples);
  }

  private static <T> List<Integer> places(List<T> all, T one) {
    return IntStream.range(0, all.size()).filter(i -> all.get(i).equals(one)).boxed().toList();
  }

  private static String isOneOf(List<Integer> places) {
    return places.stream()
        .map(String::valueOf)
        .collect(Collectors.joining(", ", "place IN (", ")"));
  }

  /** Zeros for a column without a cell that meets the condition. */
  private List<long[]> counted(List<String> measures, String condition) throws SQLException {
    long[][] counts = new long[columns][measures.size()];
    engine.rows(
        "SELECT place,\n  %s\nFROM %s\nWHERE %s\nGROUP BY place"
            .formatted(String.join(",\n  ", measures), sql, condition),
        row -> {
          long[] own = counts[row.getInt(1)];
          for (int i = 0; i < own.length; i++) {
            own[i] = row.getLong(i + 2);
          }
        });
    return List.of(counts);
  }
}
