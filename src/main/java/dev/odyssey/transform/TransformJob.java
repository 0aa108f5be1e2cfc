package dev.odyssey.transform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One run of the transform, step by step. Not thread-safe; used once. */
final class TransformJob {
  private final TransformRequest request;
  private final Path directory;
  private final StreamDefinition stream;
  private final TransformSettings settings;
  private final SourceOptions options;
  private final ProgressMeter progress;

  TransformJob(
      TransformRequest request,
      Path directory,
      StreamDefinition stream,
      TransformSettings settings,
      ProgressMeter progress) {
    this.request = request;
    this.directory = directory;
    this.stream = stream;
    this.settings = settings;
    this.progress = progress;
    this.options = new SourceOptions(stream.name(), stream.sourceConfig());
  }

  /** Once more, and slower, where the engine's reader cannot take the file as it is. */
  TransformResult run(List<SourceFile> files) throws IOException {
    try {
      return run(files, false);
    } catch (CsvSource.Unsound first) {
      try {
        return run(files, true);
      } catch (CsvSource.Unsound second) {
        throw new IllegalStateException(second);
      }
    }
  }

  private TransformResult run(List<SourceFile> files, boolean rewrite)
      throws IOException, CsvSource.Unsound {
    progress.step("starting the engine");
    try (Engine engine = Engine.open(directory, settings, progress)) {
      return run(engine, files, rewrite);
    } catch (SQLException e) {
      if (!rewrite && CsvSource.isReadersFault(e)) {
        throw new CsvSource.Unsound(e);
      }
      throw EngineFailure.of(e, stream.name(), progress.step(), directory);
    }
  }

  private TransformResult run(Engine engine, List<SourceFile> files, boolean rewrite)
      throws SQLException, IOException, CsvSource.Unsound {
    progress.step("reading the source file");
    Rejects rejects = Rejects.none(engine);
    Source source = new SourceReader(engine, stream, rewrite).open(files);
    progress.step("binding the mappings");
    List<Projection> projections = defineViews(engine, source);
    progress.step("writing the snapshot");
    Snapshot snapshot = new Snapshot(request, stream, columns(projections), settings.refHash());
    Path path = directory.resolve("snapshot.parquet");
    long rows = engine.write(snapshot.copy(snapshot.allNew("SNAPSHOT"), path));
    source.requireSound(engine);
    long rejected = rejects.count();
    BadValueReport badValues = BadValueReport.of(projections, engine.badValues(), source);
    Limits.of(options, settings).enforce(rows + rejected, badValues, rejects.reasons());
    return new TransformResult(
        path,
        null,
        rejects.write(directory.resolve("rejects.parquet")),
        rows + rejected,
        rows,
        0,
        0,
        0,
        rejected,
        rows,
        Files.size(path),
        JsonNodeFactory.instance.objectNode().set("badValues", badValues.toJson()));
  }

  /** source, then mapped, then typed: each a view over the one before. */
  private List<Projection> defineViews(Engine engine, Source source) throws SQLException {
    List<Projection> bound = Projections.bind(stream, source, engine);
    engine.run(view("source", Projections.sourceSelect(bound, source)));
    engine.run(view("mapped", Projections.mappedSelect(bound)));
    Cast cast = new Cast(TextRules.of(options));
    Typed typed = new Typed(cast, engine.describe("mapped"));
    List<Projection> settled = new NumberLadder(typed, cast).settle(typed.settle(bound), engine);
    engine.run(view("typed", typed.select(settled)));
    return settled;
  }

  private static String view(String name, String select) {
    return "CREATE TEMP VIEW " + name + " AS\n" + select;
  }

  private static Map<String, String> columns(List<Projection> projections) {
    Map<String, String> columns = new LinkedHashMap<>();
    projections.forEach(p -> columns.put(p.target(), p.type().sql()));
    return columns;
  }
}
