package dev.odyssey.transform.source;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.TransformSettings;
import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.EngineFailure;
import dev.odyssey.transform.engine.Sql;
import dev.odyssey.transform.rows.SourceFile;
import dev.odyssey.transform.rows.SourceFile.Format;
import dev.odyssey.transform.text.Names;
import dev.odyssey.transform.text.Nesting;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which of a source's Parquet files, and which column of it, cannot be read: the engine's own words
 * often say neither, or call the file by what it is called in the job's directory. Repeatable.
 *
 * @param stream its name, for people
 */
public record ParquetFault(String stream, Path directory, List<SourceFile> files) {
  /** All is read again, column by column: of more than that it would take too long. */
  private static final long MOST_BYTES = 1L << 30;

  /** A fault has the same first words wherever it is met; a value in them may be another. */
  private static final int SAME_WORDS = 30;

  public static ParquetFault of(String stream, Path directory, List<SourceFile> files) {
    return new ParquetFault(
        stream, directory, files.stream().filter(file -> file.format() == Format.PARQUET).toList());
  }

  /**
   * The failure in the owner's words.
   *
   * @param error what the engine said
   */
  public PermanentFailure told(
      PermanentFailure failure, SQLException error, TransformSettings settings) throws IOException {
    if (files.isEmpty()) {
      return failure;
    }
    if (SourceFile.bytes(files) <= MOST_BYTES) {
      try (Engine engine = Engine.open(directory, settings)) {
        for (SourceFile file : files) {
          Optional<PermanentFailure> found = in(engine, file, error);
          if (found.isPresent()) {
            return found.get();
          }
        }
      } catch (SQLException e) {
        failure.addSuppressed(e);
      }
    }
    return new PermanentFailure(
        owners(failure.getMessage()), failure.advice(), failure.details(), failure.getCause());
  }

  private Optional<PermanentFailure> in(Engine engine, SourceFile file, SQLException error) {
    String reader = Sql.parquet(file.path());
    String column = null;
    try {
      for (Map.Entry<String, String> one : engine.describe("SELECT * FROM " + reader).entrySet()) {
        column = one.getKey();
        if (!Nesting.isTooDeep(one.getValue())) {
          engine.rows(
              "SELECT max(hash(%s)) FROM %s".formatted(Sql.identifier(column), reader), row -> {});
        }
      }
      return Optional.empty();
    } catch (SQLException e) {
      boolean same = words(e).regionMatches(0, words(error), 0, SAME_WORDS);
      return same ? Optional.of(failure(file, column, error)) : Optional.empty();
    }
  }

  private String words(SQLException error) {
    return EngineFailure.shown(error, directory);
  }

  private PermanentFailure failure(SourceFile file, String column, SQLException error) {
    String where =
        files.size() == 1 ? "the source file" : "the source's file " + Names.shown(file.name());
    String what = column == null ? where : where + "'s column " + Names.shown(column);
    return new PermanentFailure(
        "Stream %s: %s cannot be read: %s"
            .formatted(Names.shown(stream), what, owners(EngineFailure.shown(error, directory))),
        column == null
            ? "Write the file again, then redrive the job."
            : "Write it with another encoding or type, or map the other columns; then redrive the"
                + " job.",
        null,
        error);
  }

  /** With the files as their owner calls them. */
  private String owners(String message) {
    String told = message;
    for (SourceFile file : files.size() > 1 ? files : List.<SourceFile>of()) {
      String name = file.path().getFileName().toString();
      told = told.replace('"' + name + '"', Names.shown(file.name()));
      told = told.replace("'" + name + "'", Names.shown(file.name()));
    }
    return told;
  }
}
