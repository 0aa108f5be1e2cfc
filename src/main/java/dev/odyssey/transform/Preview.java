package dev.odyssey.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Shows what a sync would make of a file, by making it: the transform itself runs, in a directory
 * of its own, and nothing leaves that. Not thread-safe.
 */
public final class Preview {
  private final TransformSettings settings;
  private final Path directory;

  /**
   * @param directory empty, and the caller's to remove
   */
  public Preview(TransformSettings settings, Path directory) {
    this.settings = settings;
    this.directory = directory;
  }

  /**
   * @param found what the file is: its format, dialect, encoding
   * @param guesses the file's columns
   * @param definition what the rows were made with: {@code schema}, {@code primaryKey}, {@code
   *     config}, {@code fieldMappings}; guessed where the stream has none
   * @param guessed true where the definition is a guess
   * @param warning why a run would fail, beyond a limit on bad values or rejects, and what to do;
   *     null where it would not
   * @param result counts and details of the transform
   * @param types of the mapped columns, as the engine names them
   * @param rows the first of the snapshot, without the system columns, in the order of {@code
   *     types}
   * @param rejects the first rows that could not be taken: line (of several files with the name of
   *     the one), reason, text
   * @param sql every statement that the transform ran, in order
   */
  public record Result(
      String found,
      List<Guess> guesses,
      JsonNode definition,
      boolean guessed,
      String warning,
      TransformResult result,
      Map<String, String> types,
      List<List<String>> rows,
      List<List<String>> rejects,
      List<String> sql) {}

  /**
   * @param definition {@code {stream, source, fieldMappings, sourceSchema}} as a job has it
   * @param file is only read; a folder where the source is several files
   * @param limit how many rows to show
   * @throws dev.odyssey.failure.PermanentFailure as the transform does
   */
  public Result of(JsonNode definition, Path file, int limit) throws IOException {
    try {
      ObjectNode asItIs = withoutMappings(definition);
      TransformResult plain = run(asItIs, file, "file", new ProgressMeter());
      List<Guess> guesses = guesses(plain.snapshot());
      boolean guessed = !isMapped(definition);
      ObjectNode mapped =
          guessed ? Suggestion.complete(definition, guesses) : definition.deepCopy();
      ProgressMeter meter = ProgressMeter.recording();
      TransformResult result = run(mapped, file, "mapped", meter);
      try (Engine engine = Engine.open(directory.toRealPath(), settings)) {
        String snapshot =
            parquet(
                result.snapshot(),
                " EXCLUDE (\"" + String.join("\", \"", SystemColumns.ALL) + "\")");
        Map<String, String> types = engine.describe(snapshot);
        return new Result(
            meter.found(),
            guesses,
            Suggestion.shown(mapped),
            guessed,
            warning(result),
            result,
            types,
            rows(engine, texts(snapshot, limit), types.size()),
            rejects(engine, result, limit),
            sql(meter.statements()));
      }
    } catch (SQLException e) {
      throw EngineFailure.of(
          e, definition.path("stream").path("name").asText(), "previewing", directory);
    }
  }

  private static String warning(TransformResult result) {
    TransformResult.Excess excess = result.excess();
    return excess == null ? null : excess.message() + " " + excess.advice();
  }

  /**
   * Of the last try, without the settings that lock down the engine and the way to the files.
   *
   * <p>A transform begins again, with an engine of its own, where the first has met what it cannot
   * read.
   */
  private List<String> sql(List<String> statements) throws IOException {
    String places = Pattern.quote(directory.toRealPath() + "/") + "\\w+/";
    int last = 0;
    for (int i = 0; i < statements.size(); i++) {
      last = statements.get(i).startsWith("SET ") ? i : last;
    }
    return statements.subList(last, statements.size()).stream()
        .filter(sql -> !sql.startsWith("SET "))
        .map(sql -> sql.replaceAll(places, ""))
        .toList();
  }

  private TransformResult run(JsonNode definition, Path file, String name, ProgressMeter meter)
      throws IOException {
    Path place = Files.createDirectory(directory.resolve(name));
    Path source = place.resolve("source");
    if (Files.isDirectory(file)) {
      Files.createDirectory(source);
      try (Stream<Path> files = Files.list(file)) {
        int index = 0;
        for (Path each : files.filter(Files::isRegularFile).sorted().toList()) {
          link(each, source.resolve(PieceName.file(index++, each.getFileName().toString())));
        }
      }
    } else {
      link(file, source);
    }
    var request =
        new TransformRequest(
            new UUID(0, 0), new UUID(0, 0), definition, source, null, place, Instant.now());
    return new Transform(settings).run(request, meter);
  }

  private static void link(Path file, Path place) throws IOException {
    try {
      Files.createLink(place, file.toRealPath());
    } catch (IOException | UnsupportedOperationException e) {
      Files.copy(file, place); // another disk
    }
  }

  private static boolean isMapped(JsonNode definition) {
    return !definition.path("fieldMappings").isEmpty()
        || !definition.path("stream").path("schema").isEmpty()
        || !definition.path("sourceSchema").path("children").isEmpty();
  }

  private static ObjectNode withoutMappings(JsonNode definition) {
    ObjectNode plain = definition.deepCopy();
    plain.remove(List.of("fieldMappings", "sourceSchema"));
    ObjectNode stream = plain.putObject("stream");
    stream.set("name", definition.path("stream").path("name"));
    return plain;
  }

  private List<Guess> guesses(Path snapshot) throws SQLException, IOException {
    List<Guess> guesses = new ArrayList<>();
    try (Engine engine = Engine.open(directory.toRealPath(), settings)) {
      String table = "(" + parquet(snapshot, "") + ")";
      engine.run("CREATE TEMP TABLE sample AS FROM %s LIMIT %d".formatted(table, Guess.SAMPLE));
      for (Map.Entry<String, String> column : engine.describe(parquet(snapshot, "")).entrySet()) {
        if (!SystemColumns.ALL.contains(column.getKey())) {
          guesses.add(
              column.getValue().equals("VARCHAR")
                  ? Guess.text(engine, table, "sample", column.getKey())
                  : Guess.typed(engine, table, column.getKey(), column.getValue()));
        }
      }
    }
    return guesses;
  }

  private static List<List<String>> rejects(Engine engine, TransformResult result, int limit)
      throws SQLException {
    return result.rejects() == null
        ? List.of()
        : rows(
            engine,
            texts(
                "SELECT concat_ws(':', file, line), reason, raw FROM ("
                    + parquet(result.rejects(), "")
                    + ")",
                limit),
            3);
  }

  private static String texts(String select, int limit) {
    return "SELECT COLUMNS(*)::VARCHAR FROM (%s LIMIT %d)".formatted(select, limit);
  }

  private static String parquet(Path file, String but) {
    return "SELECT *" + but + " FROM read_parquet(" + Sql.literal(file.toString()) + ")";
  }

  private static List<List<String>> rows(Engine engine, String select, int columns)
      throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    engine.rows(
        select,
        row -> {
          List<String> cells = new ArrayList<>();
          for (int i = 1; i <= columns; i++) {
            cells.add(row.getString(i));
          }
          rows.add(cells);
        });
    return rows;
  }
}
