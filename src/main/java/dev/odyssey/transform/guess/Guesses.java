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
import java.util.stream.Stream;

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
   * @param table SQL that may follow FROM: a query of all columns within takes long for thousands
   * @return one each of its columns but those of the system
   */
  public static List<Guess> of(Engine engine, String table) throws SQLException {
    Map<String, String> types = new LinkedHashMap<>(engine.describe("FROM " + table));
    types.keySet().removeAll(SystemColumns.ALL);
    List<String> texts =
        types.keySet().stream().filter(column -> types.get(column).equals("VARCHAR")).toList();
    Guesses guesses = new Guesses(engine, table);
    Map<String, Guess> ofText = new HashMap<>();
    for (int i = 0; i < texts.size(); i += COLUMNS_TOGETHER) {
      List<String> some = texts.subList(i, Math.min(i + COLUMNS_TOGETHER, texts.size()));
      guesses.ofTexts(some).forEach(guess -> ofText.put(guess.name(), guess));
    }
    List<Guess> all = new ArrayList<>();
    for (var column : types.entrySet()) {
      Guess text = ofText.get(column.getKey());
      all.add(text == null ? Guess.typed(engine, table, column.getKey(), column.getValue()) : text);
    }
    return all;
  }

  private List<Guess> ofTexts(List<String> columns) throws SQLException {
    Cells first = Cells.first(SAMPLE, engine, table, columns);
    List<List<Candidate>> possible = first.ofShape(Candidate.of("value"));
    List<Text> texts = new ArrayList<>();
    List<Text> onFirst = tried(columns, possible, first);
    for (int place = 0; place < columns.size(); place++) {
      Text text = onFirst.get(place);
      texts.add(isAll(text) ? text : onAll(text, possible.get(place)));
    }
    List<Cells.Samples> samples = first.samples(texts.stream().map(Text::chosen).toList());
    List<Guess> guesses = new ArrayList<>();
    for (int place = 0; place < columns.size(); place++) {
      guesses.add(guess(texts.get(place), samples.get(place)));
    }
    return guesses;
  }

  /** Where all values fit the preferred candidate, the others are not tried. */
  private static List<Text> tried(List<String> columns, List<List<Candidate>> possible, Cells cells)
      throws SQLException {
    List<Counts> sizes = cells.sizes(true);
    List<List<Candidate>> preferred =
        possible.stream()
            .map(all -> Stream.of(all.get(0), all.get(all.size() - 1)).distinct().toList())
            .toList();
    List<Text> texts = texts(columns, preferred, sizes, cells.fitting(preferred));
    List<List<Candidate>> others = new ArrayList<>();
    for (int place = 0; place < columns.size(); place++) {
      Text text = texts.get(place);
      boolean done =
          text.counts().values() == 0
              ? isAll(text)
              : text.allFit() && text.chosen().equals(possible.get(place).get(0));
      others.add(done ? List.of() : possible.get(place));
    }
    List<Text> tried = texts(columns, others, sizes, cells.fitting(others));
    for (int place = 0; place < columns.size(); place++) {
      if (!others.get(place).isEmpty()) {
        texts.set(place, tried.get(place));
      }
    }
    return texts;
  }

  private static List<Text> texts(
      List<String> columns,
      List<List<Candidate>> candidates,
      List<Counts> sizes,
      List<List<Long>> fitting) {
    List<Text> texts = new ArrayList<>();
    for (int place = 0; place < columns.size(); place++) {
      Counts counts = sizes.get(place).with(fitting.get(place));
      texts.add(new Text(columns.get(place), candidates.get(place), counts));
    }
    return texts;
  }

  private static boolean isAll(Text text) {
    return text.counts().rows() < SAMPLE;
  }

  /** What all rows fit as the first do is the guess: no other is tried on them. */
  private Text onAll(Text first, List<Candidate> possible) throws SQLException {
    List<Candidate> likely = first.counts().likely(first.candidates());
    Candidate chosen = first.chosen();
    Candidate text = possible.get(possible.size() - 1);
    boolean unique = first.counts().unique();
    if (!chosen.equals(text) && first.allFit()) {
      Text alone = onAll(first.column(), List.of(chosen, text), unique);
      if (alone.chosen().equals(chosen) && alone.allFit()) {
        return alone;
      }
      likely = possible;
      unique = alone.counts().unique();
    }
    return onAll(first.column(), likely, unique);
  }

  private Text onAll(String column, List<Candidate> candidates, boolean distinct)
      throws SQLException {
    Cells all = Cells.of(engine, table, column);
    Counts sizes = all.sizes(distinct).get(0);
    return new Text(column, candidates, sizes.with(all.fitting(List.of(candidates)).get(0)));
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
