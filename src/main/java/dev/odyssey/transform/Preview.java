package dev.odyssey.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.definition.SystemColumns;
import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.EngineFailure;
import dev.odyssey.transform.engine.ProgressMeter;
import dev.odyssey.transform.engine.Sql;
import dev.odyssey.transform.file.PieceName;
import dev.odyssey.transform.guess.Guess;
import dev.odyssey.transform.guess.Guesses;
import dev.odyssey.transform.guess.Suggestion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
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
  /** Every query about a column would take longer for each further one of its table. */
  private final TransformSettings settings;

  private final Path directory;
  private UUID stream = new UUID(0, 0);
  private Path earlier;
  private Path last;

  /**
   * @param directory empty, and the caller's to remove
   */
  public Preview(TransformSettings settings, Path directory) {
    this.settings = settings;
    this.directory = directory;
  }

  /**
   * Compares with what a sync of another file would have left.
   *
   * @param file is only read; a folder where it is several files
   */
  public Preview afterFile(Path file) {
    earlier = file;
    return this;
  }

  /**
   * Compares with a snapshot that the stream has published.
   *
   * @param parts its folder
   */
  public Preview afterSnapshot(UUID stream, Path parts) {
    this.stream = stream;
    last = parts;
    return this;
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
   * @param compared true where the counts are those of a later sync
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
      List<String> sql,
      boolean compared) {}

  /**
   * @param definition {@code {stream, source, fieldMappings, sourceSchema}} as a job has it
   * @param file is only read; a folder where the source is several files
   * @param limit how many rows to show
   * @throws PermanentFailure as the transform does
   */
  public Result of(JsonNode definition, Path file, int limit) throws IOException {
    try {
      List<Guess> guesses = guesses(definition, file, "file");
      boolean guessed = !isMapped(definition);
      ObjectNode mapped =
          guessed ? Suggestion.complete(definition, guesses) : definition.deepCopy();
      ProgressMeter meter = ProgressMeter.recording();
      TransformResult result = run(mapped, file, previous(definition, guesses), "mapped", meter);
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
            sql(meter.statements()),
            earlier != null || last != null);
      }
    } catch (SQLException e) {
      throw EngineFailure.of(
          e, definition.path("stream").path("name").asText(), "previewing", directory, 0);
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

  /**
   * The snapshot to compare with; null for none.
   *
   * @param guesses of the new file, which hold for columns of the earlier one, too: both are of one
   *     stream
   */
  private Path previous(JsonNode definition, List<Guess> guesses) throws IOException, SQLException {
    if (earlier == null) {
      return last;
    }
    try {
      JsonNode mapped = definition;
      if (!isMapped(definition)) {
        Map<String, Guess> now = new HashMap<>();
        guesses.forEach(guess -> now.put(guess.name(), guess));
        List<Guess> before = new ArrayList<>(guesses(definition, earlier, "earlier-file"));
        before.replaceAll(guess -> now.getOrDefault(guess.name(), guess));
        mapped = Suggestion.complete(definition, before);
      }
      return run(mapped, earlier, null, "earlier", new ProgressMeter()).snapshot();
    } catch (PermanentFailure failure) {
      throw new PermanentFailure(
          "The earlier file %s: %s".formatted(earlier, failure.getMessage()), failure.advice());
    }
  }

  private TransformResult run(
      JsonNode definition, Path file, Path previous, String name, ProgressMeter meter)
      throws IOException {
    Path place = Files.createDirectory(directory.resolve(name));
    Path source = place.resolve("source");
    if (Files.isDirectory(file)) {
      Files.createDirectory(source);
      int index = 0;
      for (Path each : files(file)) {
        link(each, source.resolve(PieceName.file(index++, each.getFileName().toString())));
      }
    } else {
      link(file, source);
    }
    var request =
        new TransformRequest(
            new UUID(0, 0),
            stream,
            definition,
            source,
            within(place, previous),
            place,
            Instant.now());
    return new Transform(settings).run(request, meter);
  }

  /** The snapshot where the engine may read it, in a folder as a job has it; null for none. */
  private static Path within(Path place, Path snapshot) throws IOException {
    if (snapshot == null) {
      return null;
    }
    Path parts = Files.createDirectory(place.resolve("previous"));
    int number = 1;
    for (Path part : Files.isDirectory(snapshot) ? files(snapshot) : List.of(snapshot)) {
      link(part, parts.resolve("part-%04d.parquet".formatted(number++)));
    }
    return parts;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
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

  /** Of the file as it is. */
  private List<Guess> guesses(JsonNode definition, Path file, String name)
      throws SQLException, IOException {
    Path snapshot =
        run(withoutMappings(definition), file, null, name, new ProgressMeter()).snapshot();
    try (Engine engine = Engine.open(directory.toRealPath(), settings)) {
      return Guesses.of(engine, Sql.parquet(snapshot));
    }
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
    return "SELECT *" + but + " FROM " + Sql.parquet(file);
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
