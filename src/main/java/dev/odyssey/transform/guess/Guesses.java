package dev.odyssey.transform.guess;

import dev.odyssey.transform.definition.SystemColumns;
import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.Sql;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Guesses what the columns of a table may mean, by the casts that a sync would use. What few of the
 * first rows fit is not tried on all.
 */
public final class Guesses {
  private static final int SAMPLE = 10_000;
  private static final int COLUMNS_TOGETHER = 100;

  private final Engine engine;
  private final String table;

  /** A column, what it may hold, and how many of its rows fit each of that. */
  private record Text(String column, List<Candidate> candidates, Counts counts) {
    Candidate chosen() {
      return counts.best(candidates);
    }

    long fitting() {
      return counts.fitting().get(candidates.indexOf(chosen()));
    }

    boolean allFit() {
      return fitting() == counts.values();
    }
  }

  private Guesses(Engine engine, String table) {
    this.engine = engine;
    this.table = table;
  }

  /**
   * @param select of all rows
   * @return one each of its columns but those of the system
   */
  public static List<Guess> of(Engine engine, String select) throws SQLException {
    Map<String, String> types = new LinkedHashMap<>(engine.describe(select));
    types.keySet().removeAll(SystemColumns.ALL);
    List<String> texts =
        types.keySet().stream().filter(column -> types.get(column).equals("VARCHAR")).toList();
    String table = "(" + select + ")";
    Guesses guesses = new Guesses(engine, table);
    Map<String, Guess> ofText = new HashMap<>();
    for (int i = 0; i < texts.size(); i += COLUMNS_TOGETHER) {
      List<String> some = texts.subList(i, Math.min(i + COLUMNS_TOGETHER, texts.size()));
      guesses.texts(some).forEach(guess -> ofText.put(guess.name(), guess));
    }
    List<Guess> all = new ArrayList<>();
    for (var column : types.entrySet()) {
      Guess text = ofText.get(column.getKey());
      all.add(text == null ? Guess.typed(engine, table, column.getKey(), column.getValue()) : text);
    }
    return all;
  }

  private List<Guess> texts(List<String> columns) throws SQLException {
    Cells first = Cells.first(SAMPLE, engine, table, columns);
    List<List<Candidate>> candidates = first.ofShape(Candidate.of("value"));
    List<Counts> counts = first.counts(candidates, true);
    List<Text> texts = new ArrayList<>();
    for (int place = 0; place < columns.size(); place++) {
      Text text = new Text(columns.get(place), candidates.get(place), counts.get(place));
      texts.add(isAll(text) ? text : onAll(text));
    }
    List<Cells.Samples> samples = first.samples(texts.stream().map(Text::chosen).toList());
    List<Guess> guesses = new ArrayList<>();
    for (int place = 0; place < columns.size(); place++) {
      guesses.add(guess(texts.get(place), samples.get(place)));
    }
    return guesses;
  }

  private static boolean isAll(Text text) {
    return text.counts().rows() < SAMPLE;
  }

  /** What all rows fit as the first do is the guess: no other is tried on them. */
  private Text onAll(Text first) throws SQLException {
    List<Candidate> likely = first.counts().likely(first.candidates());
    Candidate chosen = first.chosen();
    Candidate text = likely.get(likely.size() - 1);
    boolean unique = first.counts().unique();
    if (!chosen.equals(text) && first.allFit()) {
      Text alone = onAll(first.column(), List.of(chosen, text), unique);
      if (alone.chosen().equals(chosen) && alone.allFit()) {
        return alone;
      }
      unique = alone.counts().unique();
    }
    return onAll(first.column(), likely, unique);
  }

  private Text onAll(String column, List<Candidate> candidates, boolean distinct)
      throws SQLException {
    Cells all = Cells.of(engine, table, column);
    return new Text(column, candidates, all.counts(List.of(candidates), distinct).get(0));
  }

  private Guess guess(Text text, Cells.Samples first) throws SQLException {
    Candidate chosen = text.chosen();
    Counts counts = text.counts();
    Cells.Samples samples =
        isAll(text)
            ? first
            : first.or(Cells.of(engine, table, text.column()).samples(List.of(chosen)).get(0));
    return new Guess(
        text.column(),
        chosen.type(),
        counts.rows(),
        counts.values(),
        text.fitting(),
        counts.unique(),
        samples.fit(),
        samples.misfit(),
        chosen.how(),
        chosen.options(),
        samples.nothing(),
        chosen.type().equals("json") ? fields(text.column(), chosen) : List.of());
  }

  private List<String> fields(String column, Candidate json) throws SQLException {
    String values = "(SELECT %s AS value FROM %s)".formatted(Sql.identifier(column), table);
    return Guess.fields(engine, values, column, json.sql());
  }
}
