package dev.odyssey.transform.source;

import dev.odyssey.transform.csv.CsvDialect;
import dev.odyssey.transform.csv.CsvFinds;
import dev.odyssey.transform.csv.CsvLayout;
import dev.odyssey.transform.csv.CsvLines;
import dev.odyssey.transform.csv.CsvOptions;
import dev.odyssey.transform.csv.CsvRewriter;
import dev.odyssey.transform.csv.CsvText;
import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.Sql;
import dev.odyssey.transform.options.SourceOptions;
import dev.odyssey.transform.text.Names;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * CSV and its kin. Every column is read as text, so that one bad value is one bad value. An
 * unquoted empty field is NULL, a quoted one is an empty text. The engine reads the file itself
 * where it can, on all threads; where it cannot, or rejects a row, the file is written anew by
 * {@link CsvRewriter}, whose judgement on each row is the one that counts.
 *
 * @param file what the engine reads
 * @param text what was uploaded, as UTF-8; the same file where nothing had to be rewritten
 * @param maxRecord bytes of the longest record in a rewritten file; 0 in an original
 * @param inPieces whether the engine takes little of the file at once, and no long records
 */
public record CsvSource(
    Path file, CsvText text, List<String> nullTexts, int maxRecord, boolean inPieces)
    implements Source {
  /** As {@link CsvRewriter} writes. */
  static final CsvDialect CLEAN = new CsvDialect(",", "\"", "\"", "", "\n", false);

  private static final int BUFFER =
      8 << 20; // a quarter of what it takes unasked: as fast, in less memory

  private static final int PIECE = 1 << 18; // a fourth of the time until the first rows are there

  /** The engine met a row that it could not take: the file has to be rewritten. */
  public static final class Unsound extends Exception {
    private static final long serialVersionUID = 1;

    public Unsound(Throwable cause) {
      super("the engine's reader cannot take a row of the file", cause);
    }
  }

  /**
   * Writes rows that cannot be taken into {@link Rejects}.
   *
   * @param rewrite true after {@link Unsound}
   * @param name of the file, for the rejects; null where there is no other
   */
  public static CsvSource open(
      Engine engine, CsvText text, SourceOptions sourceOptions, boolean rewrite, String name)
      throws IOException, SQLException, Unsound {
    CsvOptions options = CsvOptions.of(sourceOptions);
    Path file = text.path();
    CsvLayout layout = text.layout();
    engine.found(layout.shown());
    if (!rewrite && text.beginsPlain() && isPlain(layout, options)) {
      text.survey();
      if (text.isLarge() || isSound(text)) {
        return new CsvSource(file, text, options.nullValues(), 0, false);
      }
      if (!text.scan().isPlain()) {
        throw new Unsound(null);
      }
    }
    CsvRewriter.Result result =
        CsvRewriter.rewrite(file, layout, options, text.scan().invalid() > 0);
    if (result.rejected() > 0) {
      engine.run(insertRejects(CsvRewriter.rejectsFile(file), name));
    }
    return new CsvSource(
        CsvRewriter.cleanFile(file),
        text,
        options.nullValues(),
        Math.max(1, result.longest()),
        false);
  }

  /** By all of its bytes, which a large file's are known only while the engine reads it. */
  private static boolean isSound(CsvText text) throws IOException {
    return text.scan().isPlain() && text.isUniform();
  }

  /** What the engine's reader takes as we mean it; it cuts lines at a sign of comment anywhere. */
  private static boolean isPlain(CsvLayout layout, CsvOptions options) {
    CsvDialect dialect = layout.dialect();
    return dialect.comment().isEmpty()
        && dialect.doublesQuotes()
        && !dialect.trim()
        && !dialect.isAligned()
        && !dialect.framed()
        && layout.columns().size() > 1
        && dialect.delimiter().length() <= 4
        && dialect.delimiter().chars().allMatch(c -> c < 128)
        && !layout.lineEnd().isEmpty()
        && (dialect.newLine().isEmpty() || dialect.newLine().equals(layout.lineEnd()))
        && !options.padShort()
        && !options.cutLong();
  }

  private static String insertRejects(Path rejects, String name) {
    return """
    INSERT INTO %s BY NAME
    SELECT *, %s AS file FROM read_csv(%s, auto_detect = false, header = false, delim = ',', quote = '"', escape = '"',
      new_line = '\\n', max_line_size = 1000000, %s,
      columns = {'line': 'BIGINT', 'byte_offset': 'BIGINT', 'raw': 'VARCHAR', 'reason': 'VARCHAR'})\
    """
        .formatted(
            Rejects.TABLE,
            name == null ? "NULL" : Sql.literal(name),
            Sql.literal(rejects.toString()),
            Sql.NO_HIVE);
  }

  /** True for the errors of the engine's CSV reader, which rewriting the file may mend. */
  public static boolean isReadersFault(SQLException error) {
    String message = String.valueOf(error.getMessage());
    return message.contains("CSV Error") || message.contains("CSV Parser");
  }

  boolean isRewritten() {
    return !file.equals(text.path());
  }

  @Override
  public List<String> columns() {
    return text.layout().columns();
  }

  @Override
  public Optional<Column> find(String name) {
    return Names.match(columns(), name).map(match -> new Column(match, Sql.identifier(match)));
  }

  @Override
  public String select(Collection<Column> used) {
    String columns = used.stream().map(Column::sql).collect(Collectors.joining(", "));
    return "SELECT " + columns + "\nFROM read_csv(" + options() + ")";
  }

  @Override
  public Source beginning() throws IOException {
    return Files.size(file) > BUFFER ? new CsvSource(file, text, nullTexts, maxRecord, true) : this;
  }

  /** To be asked after each reading of the whole file. */
  @Override
  public void requireSound(Engine engine) throws SQLException, IOException, Unsound {
    boolean sound =
        isRewritten()
            || (engine.count("Records that the engine's reader refused.", "reject_errors") == 0
                && isSound(text));
    if (!sound) {
      throw new Unsound(null);
    }
  }

  /** {@link CsvRewriter} writes it. */
  @Override
  public Optional<Column> line() {
    return isRewritten() ? Optional.of(Source.beside(columns(), LINE)) : Optional.empty();
  }

  @Override
  public boolean isSearchable() {
    return !isRewritten();
  }

  @Override
  public Map<Fields, List<Long>> locate(List<Fields> sought, List<Long> rows) throws IOException {
    CsvFinds finds = new CsvFinds(sought.stream().map(this::row).toList(), nullTexts);
    lookup().look(rows, finds);
    if (!finds.isAllFound()) {
      CsvLines.find(text.path(), text.layout(), finds);
    }
    Map<Fields, List<Long>> lines = new LinkedHashMap<>();
    sought.forEach(fields -> lines.put(fields, finds.lines().getOrDefault(row(fields), List.of())));
    return lines;
  }

  private CsvFinds.Row row(Fields fields) {
    return new CsvFinds.Row(
        fields.columns().stream().map(columns()::indexOf).toList(), fields.texts());
  }

  @Override
  public Map<Long, Place> places(List<Long> rows) throws IOException {
    return isRewritten() ? Map.of() : lookup().places(rows);
  }

  /** Of a file that is read as it is, where a row's number is that of its record. */
  private CsvLookup lookup() throws IOException {
    return new CsvLookup(text.path(), text.layout().dialect(), text.marks());
  }

  @Override
  public List<String> doubts() {
    return text.doubts();
  }

  private String options() {
    CsvDialect dialect = isRewritten() ? CLEAN : text.layout().dialect();
    Map<String, String> options = new LinkedHashMap<>();
    options.put("auto_detect", "false");
    options.put("columns", Sql.struct(types()));
    options.put("delim", Sql.literal(dialect.delimiter()));
    options.put("quote", Sql.literal(dialect.quote()));
    options.put("escape", Sql.literal(dialect.escape()));
    options.put("header", "false");
    options.put("hive_partitioning", "false");
    options.put("nullstr", nullTexts.isEmpty() ? "''" : Sql.list(nulls()));
    options.put("allow_quoted_nulls", "false");
    if (inPieces) {
      options.put("ignore_errors", "true");
    } else {
      options.put("store_rejects", "true");
      options.put("rejects_limit", "1");
    }
    if (!isRewritten() && text.layout().linesBefore() > 0) {
      options.put("skip", String.valueOf(text.layout().linesBefore()));
    }
    options.put("new_line", Sql.literal(escaped(isRewritten() ? "\n" : text.layout().lineEnd())));
    long longest = inPieces ? PIECE / 2 : Math.max(CsvLayout.ENGINE_MAX_RECORD, maxRecord + 16L);
    options.put("max_line_size", String.valueOf(longest));
    options.put("buffer_size", String.valueOf(inPieces ? PIECE : Math.max(BUFFER, 2 * longest)));
    return options.entrySet().stream()
        .map(option -> option.getKey() + " = " + option.getValue())
        .collect(Collectors.joining(",\n  ", Sql.literal(file.toString()) + ",\n  ", ""));
  }

  private List<String> nulls() {
    return nullTexts.contains("")
        ? nullTexts
        : java.util.stream.Stream.concat(nullTexts.stream(), java.util.stream.Stream.of(""))
            .toList();
  }

  private static String escaped(String newLine) {
    return newLine.replace("\r", "\\r").replace("\n", "\\n");
  }

  private Map<String, String> types() {
    Map<String, String> types = new LinkedHashMap<>();
    columns().forEach(column -> types.put(column, "VARCHAR"));
    for (int i = 1; !isRewritten() && i <= text.layout().trailing(); i++) {
      types.put("$_trailing" + i, "VARCHAR");
    }
    line().ifPresent(line -> types.put(line.name(), "BIGINT"));
    return types;
  }
}
