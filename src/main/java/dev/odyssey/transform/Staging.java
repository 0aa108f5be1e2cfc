package dev.odyssey.transform;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.definition.Mapping;
import dev.odyssey.transform.definition.StreamDefinition;
import dev.odyssey.transform.definition.SystemColumns;
import dev.odyssey.transform.diff.Comparison;
import dev.odyssey.transform.diff.Diff;
import dev.odyssey.transform.diff.Drift;
import dev.odyssey.transform.diff.Snapshot;
import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.options.SourceOptions;
import dev.odyssey.transform.snapshot.KeptValues;
import dev.odyssey.transform.snapshot.LastSnapshot;
import dev.odyssey.transform.snapshot.ParquetSizes;
import dev.odyssey.transform.snapshot.SnapshotColumn;
import dev.odyssey.transform.snapshot.StoredType;
import dev.odyssey.transform.source.CsvSource;
import dev.odyssey.transform.source.Source;
import dev.odyssey.transform.text.Names;
import dev.odyssey.transform.types.Cast;
import dev.odyssey.transform.types.NumberLadder;
import dev.odyssey.transform.types.Projection;
import dev.odyssey.transform.types.Retyping;
import dev.odyssey.transform.types.TextRules;
import dev.odyssey.transform.types.Typed;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * From a source's columns to the staged rows: binds the mappings, settles the types, meets the
 * stream's last snapshot. Not thread-safe; used once.
 */
final class Staging {
  private static final String READ = "The columns that are read, as the source has them.";
  private static final String MAPPED = "What the mappings make of them.";

  private final Engine engine;
  private final TransformRequest request;
  private final StreamDefinition stream;
  private final TransformSettings settings;
  private final SourceOptions options;
  private final LastSnapshot last;
  private final long bytes;
  private final boolean longRows;
  private final Drift.Policy policy;
  private Drift drift;
  private List<String> discarded = List.of();
  private Map<String, String> beside = Map.of();
  private List<Projection> projections;
  private Map<String, String> stored = Map.of();

  /**
   * @param bytes of the source and the last snapshot
   * @param longRows whether the usual row groups of these rows are too large for the memory
   */
  Staging(
      Engine engine,
      TransformRequest request,
      StreamDefinition stream,
      TransformSettings settings,
      LastSnapshot last,
      long bytes,
      boolean longRows) {
    this.engine = engine;
    this.request = request;
    this.stream = stream;
    this.settings = settings;
    this.last = last;
    this.bytes = bytes;
    this.longRows = longRows;
    this.options = new SourceOptions(stream.name(), stream.sourceConfig());
    this.policy = Drift.Policy.of(request.definition().path("stream"), options);
  }

  /** Writes every row of the source to the staged file: source, mapped, numbers, typed, rows. */
  Diff stage(Source source, KeptValues kept, Path directory)
      throws SQLException, IOException, CsvSource.Unsound {
    if (policy != Drift.Policy.FREEZE) {
      beside = kept.beside(Names.distinct(source.columns()));
    }
    List<Projection> bound = Projections.bind(stream, source, beside, engine);
    read(READ, bound, source);
    try {
      return stage(bound, source, kept, directory);
    } catch (SQLException e) {
      FaultyTransform.find(e, bound, stream, source, engine, directory);
      throw e;
    }
  }

  private Diff stage(List<Projection> bound, Source source, KeptValues kept, Path directory)
      throws SQLException, IOException, CsvSource.Unsound {
    Typed typed = new Typed(new Cast(TextRules.of(options)), map(bound, source));
    List<Projection> settled = typed.settle(bound);
    Optional<String> numbers = typed.numbers(settled);
    if (numbers.isPresent()) {
      engine.view("numbers", "The same, with numbers as the engine writes them.", numbers.get());
    }
    NumberLadder ladder = new NumberLadder(typed, last.types(), kept.rows().orElse(null));

    List<Projection> guessed = guess(ladder, settled, bound, source);
    Diff diff = diff(guessed, directory);
    diff.stage(typed.rows(guessed, ladder::isOpen));
    source.requireSound(engine);
    projections = guessed;
    if (ladder.isRefuted(guessed, engine.badValues())) {
      List<Projection> measured = ladder.measure(guessed, engine);
      engine.badValues().clear();
      diff = diff(measured, directory);
      diff.stage(typed.rows(measured, any -> false));
      projections = measured;
    }
    engine.badValues().freeze();
    return diff;
  }

  /** In small pieces, for the first rows need not wait until the engine has read many. */
  private List<Projection> guess(
      NumberLadder ladder, List<Projection> settled, List<Projection> bound, Source source)
      throws SQLException, IOException {
    Source beginning = source.beginning();
    if (beginning.equals(source) || !ladder.hasToGuess(settled)) {
      return ladder.guess(settled, engine);
    }
    read("The same, in small pieces: the first rows alone are wanted.", bound, beginning);
    List<Projection> guessed = ladder.guess(settled, engine);
    read(READ, bound, source);
    return guessed;
  }

  private void read(String what, List<Projection> bound, Source source) throws SQLException {
    engine.view("source", what, Projections.sourceSelect(bound, source));
  }

  /** Makes the view {@code mapped}, where JSON that shall have a type is the text in it. */
  private Map<String, String> map(List<Projection> bound, Source source) throws SQLException {
    engine.view("mapped", MAPPED, Projections.mappedSelect(bound, source, Set.of()));
    Map<String, String> types = engine.describe("mapped");
    Set<String> texts =
        bound.stream()
            .filter(Projection::isTyped)
            .map(Projection::target)
            .filter(target -> types.get(target).equals("JSON"))
            .collect(Collectors.toSet());
    if (texts.isEmpty()) {
      return types;
    }
    engine.view("mapped", MAPPED, Projections.mappedSelect(bound, source, texts));
    return engine.describe("mapped");
  }

  /** The mappings with their settled types, once staged. */
  List<Projection> projections() {
    return projections;
  }

  /** The snapshot's columns, once staged. */
  List<SnapshotColumn> columns() {
    List<SnapshotColumn> columns = new ArrayList<>();
    for (Projection projection : projections) {
      String type = stored.get(projection.target());
      if (type != null) {
        columns.add(
            new SnapshotColumn(
                projection.target(), type, projection.sources(), projection.isDerived()));
      }
    }
    SystemColumns.ALL.forEach(name -> columns.add(SnapshotColumn.system(name)));
    return columns;
  }

  /**
   * What the schema did since the last snapshot; null where nothing.
   *
   * @param inexact as {@link Diff.Outcome}
   */
  ObjectNode schemaChanges(Map<String, Long> inexact) {
    return drift == null ? null : drift.toJson(policy, discarded, beside.keySet(), inexact);
  }

  /**
   * A misspelt cursor field would let an older row win, in silence, and an answer that says what
   * went wrong be the table.
   */
  List<String> doubts() {
    List<String> doubts = new ArrayList<>();
    if (stream.cursorField() != null
        && !stream.primaryKey().isEmpty()
        && cursor(stored).isEmpty()) {
      doubts.add(
          "The stream's cursor_field %s is no column of the stream: of rows with one key the last in the file wins."
              .formatted(Names.shown(stream.cursorField())));
    }
    if (drift != null && drift.isOfAnother()) {
      doubts.add(
          "The stream has no column of its last snapshot any more, and so no row that it had: the source may be another file, or an error's message in place of the data. schemaPolicy freeze refuses such.");
    }
    return doubts;
  }

  private Diff diff(List<Projection> projections, Path directory) {
    Map<String, String> columns = new LinkedHashMap<>();
    projections.forEach(p -> columns.put(p.target(), stored(p)));
    List<String> key = stream.primaryKey().stream().map(name -> keyColumn(name, columns)).toList();
    Optional<String> cursor = cursor(columns);
    if (last.previous() != null) {
      List<String> needed = new ArrayList<>(key);
      cursor.ifPresent(needed::add);
      meet(columns, needed);
    }
    stored = columns;
    ParquetSizes sizes = ParquetSizes.of(bytes, columns.size());
    Snapshot snapshot =
        new Snapshot(
            request,
            stream.schemaVersion(),
            columns,
            key,
            settings.refHash(),
            longRows ? sizes.ofLongRows() : sizes);
    Comparison comparison =
        last.previous() == null
            ? null
            : Comparison.of(snapshot, last.previous(), drift, ways(), key);
    return new Diff(engine, snapshot, comparison, stream.incremental(), directory)
        .newestBy(cursor.orElse(null));
  }

  /** A column that says nothing of its type keeps the one that its last snapshot has. */
  private String stored(Projection projection) {
    return projection.isUntyped()
        ? last.type(projection.target()).orElse("VARCHAR")
        : StoredType.of(projection.type().sql());
  }

  private Map<String, String> ways() {
    Map<String, String> ways = new LinkedHashMap<>();
    for (String name : drift.retyped()) {
      Retyping.way(engine, drift.was(name), drift.now().get(name))
          .ifPresent(way -> ways.put(name, way));
    }
    return ways;
  }

  /**
   * Finds the drift, and does with it what the policy says.
   *
   * @param needed columns that are never left out
   */
  private void meet(Map<String, String> columns, List<String> needed) {
    Map<String, String> before = last.previous().columns();
    drift = Drift.between(before, columns);
    discarded = List.of();
    if (policy == Drift.Policy.FREEZE) {
      drift.refuse(stream.name());
    }
    if (policy == Drift.Policy.DISCARD) {
      discarded = drift.added().stream().filter(name -> !needed.contains(name)).toList();
      if (discarded.size() == columns.size()) {
        throw new PermanentFailure(
            "Stream %s: every column is new (%s), and schemaPolicy discard leaves new ones out."
                .formatted(Names.shown(stream.name()), Names.shown(discarded)),
            "Correct the mappings, or set schemaPolicy to evolve, then redrive the job.");
      }
      columns.keySet().removeAll(discarded);
      drift = Drift.between(before, columns);
    }
  }

  private String keyColumn(String name, Map<String, String> columns) {
    return Names.match(columns.keySet(), name)
        .orElseThrow(
            () ->
                new PermanentFailure(
                    "Stream %s: primary key %s is no column of the stream; it has %s."
                        .formatted(
                            Names.shown(stream.name()),
                            Names.shown(name),
                            Names.shown(columns.keySet())),
                    "Correct the stream's primary_key or its mappings, then redrive the job."));
  }

  /** A column of the snapshot, or the one that a source column of this name is mapped to. */
  private Optional<String> cursor(Map<String, String> columns) {
    if (stream.cursorField() == null) {
      return Optional.empty();
    }
    return Names.match(columns.keySet(), stream.cursorField())
        .or(
            () ->
                stream.mappings().stream()
                    .filter(mapping -> stream.cursorField().equals(mapping.source()))
                    .map(Mapping::target)
                    .filter(columns::containsKey)
                    .findFirst());
  }
}
