package dev.odyssey.transform.source;

import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.Sql;
import dev.odyssey.transform.json.JsonDigits;
import dev.odyssey.transform.json.JsonShape;
import dev.odyssey.transform.options.SourceOption;
import dev.odyssey.transform.options.SourceOptions;
import dev.odyssey.transform.rows.Field;
import dev.odyssey.transform.rows.RowsWriter;
import dev.odyssey.transform.rows.SourceFile;
import dev.odyssey.transform.snapshot.KeptValues;
import dev.odyssey.transform.text.Names;
import java.sql.SQLException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Rows that {@link RowsWriter} wrote: of JSON, a workbook, Avro. Texts are texts; a field inside a
 * nested value is reached by path, such as {@code items[0].price}.
 */
final class RowsSource implements Source {
  private static final long ENGINE_DEFAULT = 16L << 20;

  /** The type of fields and lists without a value, which the engine makes an integer of. */
  private static final String NOTHING = "\"NULL\"(?!:)";

  /** The structure of values of several kinds. */
  private static final String ANYTHING = "\"JSON\"";

  /** As {@link #key} writes it; a text that looks like one has a column read in vain. */
  private static final Pattern KEY = Pattern.compile("\"(\\d{1,6})\"");

  private final SourceFile file;
  private final List<String> columns;
  private final List<String> aliases;
  private final List<String> nullValues;
  private final Column line;
  private final Column fileName;
  private final Map<Integer, String> structures = new LinkedHashMap<>();

  private RowsSource(SourceFile file, List<String> nullValues) {
    this.file = file;
    this.nullValues = nullValues;
    this.columns = file.fields().stream().map(Field::name).toList();
    this.aliases = Names.distinct(columns);
    this.line = new Column(Source.beside(aliases, LINE).name(), Sql.identifier(RowsWriter.LINE));
    this.fileName =
        new Column(Source.beside(aliases, FILE).name(), Sql.identifier(RowsWriter.FILE));
  }

  /**
   * Nested values are structs and lists, whose fields are those of the whole file and of the rows
   * that stay, or JSON.
   */
  static RowsSource open(Engine engine, SourceFile file, SourceOptions options, KeptValues kept)
      throws SQLException {
    boolean structs = options.choice(SourceOption.NESTED, "json", "struct").equals("struct");
    RowsSource source = new RowsSource(file, options.texts(SourceOption.NULL_VALUES));
    for (int i = 0; structs && i < file.fields().size(); i++) {
      if (file.fields().get(i).nested()) {
        String structure = engine.texts(source.structure(i, kept)).get(0);
        boolean plain =
            structure.startsWith("\"") && kept.isText(source.columns.get(i), source.aliases.get(i));
        if (!plain && JsonShape.isStruct(structure)) {
          source.structures.put(i, structure.replaceAll(NOTHING, "\"VARCHAR\""));
        }
      }
    }
    return source;
  }

  private String structure(int i, KeptValues kept) {
    String values =
        "SELECT %s::JSON AS value\nFROM %s".formatted(text(i), rows(List.of(i), List.of()));
    String more =
        kept.json(columns.get(i), aliases.get(i)).map(k -> "\nUNION ALL\n" + k).orElse("");
    return "SELECT json_group_structure(value)::VARCHAR\nFROM (" + values + more + ")";
  }

  @Override
  public List<String> columns() {
    return columns;
  }

  @Override
  public boolean hasAnyColumn() {
    return file.isEmptyList();
  }

  @Override
  public Optional<Column> find(String name) {
    if (file.isEmptyList()) {
      return Optional.of(new Column(name, "NULL::VARCHAR"));
    }
    Optional<String> match = Names.match(columns, name);
    if (match.isPresent() || aliases.contains(name)) {
      return Optional.of(
          column(match.map(columns::indexOf).orElseGet(() -> aliases.indexOf(name))));
    }
    List<String> steps = List.of(name.replaceAll("\\[(\\d+)\\]", ".$1").split("\\.", -1));
    return Names.match(columns, steps.get(0))
        .filter(first -> steps.size() > 1)
        .map(first -> nested(name, columns.indexOf(first), steps.subList(1, steps.size())));
  }

  private Column column(int i) {
    String structure = structures.get(i);
    String sql =
        structure != null
            ? structured(i, structure)
            : switch (file.fields().get(i).type()) {
              case "BLOB" -> "from_base64(" + key(i) + ")";
              case Field.TEXT -> Source.without(nullValues, text(i));
              default -> key(i);
            };
    return new Column(aliases.get(i), sql);
  }

  /** What is of several kinds stays as it is: the engine would write its numbers anew. */
  private String structured(int i, String structure) {
    String json = text(i) + "::JSON";
    return structure.equals(ANYTHING)
        ? json
        : "json_transform(%s, %s)".formatted(json, Sql.literal(structure));
  }

  @Override
  public Optional<Column> fault(Column column) {
    int i = aliases.indexOf(column.name());
    return i >= 0 && file.fields().get(i).errors()
        ? Optional.of(new Column(FAULT + i, Sql.identifier(RowsWriter.ERROR + i)))
        : Optional.empty();
  }

  /** A text that is no JSON has no fields: NULL. */
  private Column nested(String name, int i, List<String> steps) {
    String sql =
        file.fields().get(i).type().equals(Field.TEXT)
            ? Source.without(
                nullValues,
                plain(i, "TRY(json_extract_string(%s, %s))".formatted(key(i), pointer(steps))))
            : key(i) + steps.stream().map(RowsSource::step).collect(Collectors.joining());
    return new Column(name, sql);
  }

  /** Lists count from 1 in the engine and from 0 in a path. */
  private static String step(String step) {
    return step.matches("\\d{1,9}")
        ? "[" + (Integer.parseInt(step) + 1) + "]"
        : "[" + Sql.literal(step) + "]";
  }

  @Override
  public String select(Collection<Column> used) {
    List<Integer> needed =
        used.stream()
            .flatMap(column -> KEY.matcher(column.sql()).results())
            .map(key -> Integer.valueOf(key.group(1)))
            .filter(i -> i < columns.size())
            .distinct()
            .sorted()
            .toList();
    return used.stream()
        .map(column -> column.sql() + " AS " + Sql.identifier(column.name()))
        .collect(Collectors.joining(", ", "SELECT ", "\nFROM " + rows(needed, used)));
  }

  private String rows(List<Integer> needed, Collection<Column> used) {
    Map<String, String> types = new LinkedHashMap<>();
    for (int i : needed) {
      String type = file.fields().get(i).type();
      types.put(String.valueOf(i), type.equals("BLOB") ? Field.TEXT : type);
      if (file.fields().get(i).errors()) {
        types.put(RowsWriter.ERROR + i, Field.TEXT);
      }
    }
    if (used.contains(line) || file.isEmptyList()) { // the engine wants a column at least
      types.put(RowsWriter.LINE, "BIGINT");
    }
    if (used.contains(fileName)) {
      types.put(RowsWriter.FILE, "VARCHAR");
    }
    // records: where one column is asked for, the engine else takes rows of hundreds of keys, each
    // in few of them, for values, and all of a row for the column
    return "read_json(%s, format = 'newline_delimited', records = 'true', maximum_object_size = %d, columns = %s, %s)"
        .formatted(
            Sql.literal(file.path().toString()),
            Math.max(ENGINE_DEFAULT, file.longestRow() + 1),
            Sql.struct(types),
            Sql.NO_HIVE);
  }

  private String text(int i) {
    return plain(i, key(i));
  }

  private String plain(int i, String sql) {
    return file.fields().get(i).marked() ? JsonDigits.plain(sql) : sql;
  }

  private String key(int i) {
    return Sql.identifier(String.valueOf(i));
  }

  /** The row of the sheet or line of the document; NULL for Avro, which has none. */
  @Override
  public Optional<Column> line() {
    return Optional.of(line);
  }

  @Override
  public Optional<Column> fileName() {
    return file.namesFiles() ? Optional.of(fileName) : Optional.empty();
  }

  @Override
  public List<String> doubts() {
    return file.doubt() == null ? List.of() : List.of(file.doubt());
  }

  @Override
  public boolean isText() {
    return file.fields().stream().allMatch(field -> field.type().equals(Field.TEXT));
  }

  @Override
  public String typesAdvice() {
    return isText() ? Source.super.typesAdvice() : "The columns have the file's own types.";
  }

  /** RFC 6901. */
  private static String pointer(List<String> steps) {
    return Sql.literal(
        steps.stream()
            .map(step -> "/" + step.replace("~", "~0").replace("/", "~1"))
            .collect(Collectors.joining()));
  }
}
