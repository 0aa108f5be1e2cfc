package dev.odyssey.transform;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.definition.StreamDefinition;
import dev.odyssey.transform.diff.Diff;
import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.EngineFailure;
import dev.odyssey.transform.engine.Engines;
import dev.odyssey.transform.engine.ProgressMeter;
import dev.odyssey.transform.options.SourceOptions;
import dev.odyssey.transform.rows.SourceFile;
import dev.odyssey.transform.snapshot.KeptValues;
import dev.odyssey.transform.snapshot.LastSnapshot;
import dev.odyssey.transform.snapshot.SnapshotColumn;
import dev.odyssey.transform.source.CsvSource;
import dev.odyssey.transform.source.ParquetFault;
import dev.odyssey.transform.source.Rejects;
import dev.odyssey.transform.source.Source;
import dev.odyssey.transform.source.SourceInspector;
import dev.odyssey.transform.source.SourceReader;
import dev.odyssey.work.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One run of the transform, step by step. Not thread-safe; used once. */
final class TransformJob {
  private static final String WRITING = "writing the snapshot";
  private static final String COMPARING = "comparing with the last snapshot";

  private final TransformRequest request;
  private final Path directory;
  private final StreamDefinition stream;
  private final TransformSettings settings;
  private final SourceOptions options;
  private final Engines engines;
  private final ProgressMeter progress;
  private int columns; // of the stream; 0 until they are known

  TransformJob(
      TransformRequest request,
      Path directory,
      StreamDefinition stream,
      TransformSettings settings,
      Engines engines,
      ProgressMeter progress) {
    this.request = request;
    this.directory = directory;
    this.stream = stream;
    this.settings = settings;
    this.engines = engines;
    this.progress = progress;
    this.options = new SourceOptions(stream.name(), stream.sourceConfig());
  }

  /** Once more, and slower, where the engine's reader cannot take the file as it is. */
  TransformResult run(SourceInspector inspector) throws IOException {
    try {
      return runAsItIs(inspector);
    } catch (PermanentFailure e) {
      throw new PermanentFailure(e.getMessage(), advice(e.advice()), e.details(), e.getCause());
    }
  }

  /** What the config was meant to say may be why it failed. */
  private String advice(String advice) {
    return Stream.concat(options.doubts().stream(), Stream.of(advice))
        .collect(Collectors.joining(" "));
  }

  private TransformResult runAsItIs(SourceInspector inspector) throws IOException {
    List<SourceFile> files = inspector.inspect(request.sourceFile().toRealPath());
    try {
      return run(files, false);
    } catch (CsvSource.Unsound first) {
      try {
        return run(inspector.lookAgain(files), true);
      } catch (CsvSource.Unsound second) {
        throw new IllegalStateException(second);
      }
    }
  }

  private TransformResult run(List<SourceFile> files, boolean rewrite)
      throws IOException, CsvSource.Unsound {
    try {
      return runInMemory(files, rewrite);
    } catch (SQLException e) {
      if (!rewrite && CsvSource.isReadersFault(e)) {
        throw new CsvSource.Unsound(e);
      }
      RuntimeException failure =
          EngineFailure.of(e, stream.name(), progress.step(), directory, columns);
      throw failure instanceof PermanentFailure permanent
          ? ParquetFault.of(stream.name(), directory, files).told(permanent, e, settings)
          : failure;
    }
  }

  /**
   * Once more, and slower, where the engine's memory was too little, or many columns, or the parts
   * of a join that spills, took it for each thread.
   */
  private TransformResult runInMemory(List<SourceFile> files, boolean rewrite)
      throws SQLException, IOException, CsvSource.Unsound {
    progress.step("starting the engine");
    Path previous = request.previousSnapshot();
    long sourceBytes = SourceFile.bytes(files);
    long bytes = sourceBytes + (previous == null ? 0 : Folders.bytes(previous));
    progress.reads(sourceBytes, SourceFile.rows(files));
    TransformSettings own = settings.forBytes(bytes);
    boolean maySpill = true;
    try (Engine engine = engines.open(directory, own, bytes, progress)) {
      maySpill = engine.maySpill();
      TransformResult result = run(engine, files, rewrite, bytes, false);
      engine.endsWell();
      return result;
    } catch (SQLException e) {
      boolean longRows = progress.step().equals(WRITING); // a row group of them does not fit
      boolean mayPass = !maySpill || longRows || progress.step().equals(COMPARING);
      if (!EngineFailure.isMemoryLimit(e, columns) || !mayPass) {
        throw e;
      }
      try (Engine engine = Engine.open(directory, settings.withOneThread(), progress)) {
        return run(engine, files, rewrite, bytes, longRows);
      }
    }
  }

  /**
   * @param bytes of the source and the last snapshot
   */
  private TransformResult run(
      Engine engine, List<SourceFile> files, boolean rewrite, long bytes, boolean longRows)
      throws SQLException, IOException, CsvSource.Unsound {
    progress.step("reading the source file");
    Rejects rejects = Rejects.none(engine);
    LastSnapshot last =
        LastSnapshot.of(engine, request.previousSnapshot(), request.streamId(), stream);
    KeptValues kept = KeptValues.of(last, stream);
    Source source = new SourceReader(engine, options, kept, rewrite).open(files);
    columns = (stream.mappings().isEmpty() ? source.columns() : stream.mappings()).size();
    progress.step(WRITING);
    Staging staging = new Staging(engine, request, stream, settings, last, bytes, longRows);
    Diff diff = staging.stage(source, kept, directory);
    BadValueReport badValues =
        BadValueReport.of(staging.projections(), engine.badValues(), source, diff::emptyRows);
    progress.step(COMPARING);
    progress.reads(SourceFile.bytes(files), 0);
    Diff.Outcome outcome = diff.finish(source, settings.maxObjectBytes());
    long rejectedRows = rejects.count();
    Map<String, Long> reasons = rejectedRows == 0 ? Map.of() : rejects.reasons();
    TransformResult.Excess excess =
        Limits.of(options, settings).excess(outcome.taken() + rejectedRows, badValues, reasons);
    if (excess != null) {
      excess = new TransformResult.Excess(excess.message(), advice(excess.advice()));
    }
    Path rejected = rejects.write(directory.resolve("rejects.parquet"), rejectedRows);
    ObjectNode details = details(outcome, rejectedRows, reasons, staging, last);
    if (!badValues.columns().isEmpty()) {
      details.set("badValues", badValues.toJson());
    }
    List<String> doubts = new ArrayList<>(source.doubts());
    doubts.addAll(options.doubts());
    if (files.stream().noneMatch(file -> file.format() == SourceFile.Format.CSV)) {
      doubts.addAll(options.doubtsWithoutCsv());
    }
    if (files.stream().allMatch(file -> file.format() == SourceFile.Format.CSV)) {
      doubts.addAll(options.doubtsOfCsv());
    }
    doubts.addAll(stream.doubts());
    doubts.addAll(staging.doubts());
    if (!doubts.isEmpty()) {
      doubts.forEach(details.putArray("doubts")::add);
    }
    return result(outcome, staging.columns(), rejectedRows, rejected, excess, details);
  }

  private static TransformResult result(
      Diff.Outcome outcome,
      List<SnapshotColumn> columns,
      long rejectedRows,
      Path rejected,
      TransformResult.Excess excess,
      ObjectNode details) {
    return new TransformResult(
        outcome.snapshot(),
        outcome.changes(),
        rejected,
        outcome.taken() + rejectedRows,
        outcome.inserted(),
        outcome.updated(),
        outcome.unchanged(),
        outcome.deleted(),
        rejectedRows,
        outcome.duplicates(),
        outcome.total(),
        outcome.bytes(),
        columns,
        excess,
        details);
  }

  /** For the run's {@code error_details}; docs/diff.md lists its fields. */
  private static ObjectNode details(
      Diff.Outcome outcome,
      long rejectedRows,
      Map<String, Long> reasons,
      Staging staging,
      LastSnapshot last) {
    ObjectNode details = JsonNodeFactory.instance.objectNode();
    details.put("unchanged", outcome.unchanged());
    details.put("rejected", rejectedRows);
    details.put("duplicateKeys", outcome.duplicates());
    if (rejectedRows > 0) {
      reasons.forEach(details.putObject("rejects")::put);
    }
    ObjectNode schema = staging.schemaChanges(outcome.inexact());
    if (schema != null) {
      details.set("schema", schema);
    }
    if (last.problem() != null) {
      details.put("lastSnapshot", "Not compared with the last snapshot: " + last.problem() + ".");
    }
    return details;
  }
}
