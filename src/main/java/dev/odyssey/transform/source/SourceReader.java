package dev.odyssey.transform.source;

import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.Sql;
import dev.odyssey.transform.options.SourceOptions;
import dev.odyssey.transform.rows.SourceFile;
import dev.odyssey.transform.rows.SourceFile.Format;
import dev.odyssey.transform.snapshot.KeptValues;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Opens a source's files as one relation of the engine. Repeatable. */
public final class SourceReader {
  private final Engine engine;
  private final SourceOptions options;
  private final KeptValues kept;
  private final boolean rewrite;

  /**
   * @param kept what the columns have to hold as well
   * @param rewrite true after {@link CsvSource.Unsound}
   */
  public SourceReader(Engine engine, SourceOptions options, KeptValues kept, boolean rewrite) {
    this.engine = engine;
    this.options = options;
    this.kept = kept;
    this.rewrite = rewrite;
  }

  public Source open(List<SourceFile> all) throws SQLException, IOException, CsvSource.Unsound {
    List<SourceFile> files = all.stream().filter(file -> !file.isEmptyList()).toList();
    files = files.isEmpty() ? all.subList(0, 1) : files;
    List<UnitedSource.Part> parts = new ArrayList<>();
    for (int i = 0; i < files.size(); ) {
      SourceFile file = files.get(i);
      List<SourceFile> parquet = parquetFrom(files.subList(i, files.size()));
      Source source =
          parquet.isEmpty()
              ? open(file, files.size() > 1)
              : ParquetSource.open(engine, options, parquet);
      parts.add(new UnitedSource.Part(parquet.size() > 1 ? null : file.name(), source));
      i += Math.max(1, parquet.size());
    }
    return parts.size() == 1
        ? parts.get(0).source()
        : UnitedSource.of(options.stream(), parts).measured(engine);
  }

  /** Those up to the next of another format: the last of rows with one key wins. */
  private static List<SourceFile> parquetFrom(List<SourceFile> files) {
    return files.stream().takeWhile(file -> file.format() == Format.PARQUET).toList();
  }

  private Source open(SourceFile file, boolean oneOfSeveral)
      throws SQLException, IOException, CsvSource.Unsound {
    if (file.rejects() != null) {
      engine.run(
          "INSERT INTO %s BY NAME FROM read_json(%s, format = 'newline_delimited', columns = {'line': 'BIGINT', 'byte_offset': 'BIGINT', 'raw': 'VARCHAR', 'reason': 'VARCHAR', 'file': 'VARCHAR'})"
              .formatted(Rejects.TABLE, Sql.literal(file.rejects().toString())));
    }
    if (file.format() == Format.ROWS) {
      return RowsSource.open(engine, file, options, kept);
    }
    return CsvSource.open(engine, file.text(), options, rewrite, oneOfSeveral ? file.name() : null);
  }
}
