package dev.odyssey.transform.source;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.Sql;
import dev.odyssey.transform.options.SourceOption;
import dev.odyssey.transform.options.SourceOptions;
import dev.odyssey.transform.rows.SourceFile;
import dev.odyssey.transform.text.Names;
import dev.odyssey.transform.text.Nesting;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Parquet, of one or several files united by name: columns keep their own types, nested fields are
 * reached by path.
 *
 * @param stream its name, for people
 * @param reader the engine's table function over the files
 * @param unreadable columns that cannot be read, and what they have: decimals of more than 38
 *     digits, of which the engine makes doubles, and wrong ones of some; lists too deep in lists;
 *     {@link ParquetTexts}; {@link ParquetNames}; {@link UnionLoss}
 * @param sql of columns that are not taken as they are: those that have no type in any file, where
 *     the engine makes integers of them, are NULL or lists of texts; texts that mean NULL
 */
record ParquetSource(
    String stream,
    String reader,
    List<String> columns,
    Map<String, String> unreadable,
    Map<String, String> sql)
    implements Source {
  private static final int MOST_DIGITS = 38;
  private static final String DIGITS =
      "decimals of more than " + MOST_DIGITS + " digits, which cannot be read";
  private static final String DEEP =
      "lists or maps too deep within one another, which cannot be read";

  /**
   * A column of a file.
   *
   * @param elements it and what it holds
   */
  private record Tree(String name, List<Element> elements) {}

  /**
   * @param kind all that is said of its type
   */
  private record Element(String name, long children, long digits, boolean isNull, String kind) {
    boolean isTypedValue() {
      return children == 0 && !isNull;
    }
  }

  static ParquetSource open(Engine engine, SourceOptions options, List<SourceFile> files)
      throws SQLException {
    List<String> nullValues = options.texts(SourceOption.NULL_VALUES);
    String paths = Sql.list(files.stream().map(file -> file.path().toString()).toList());
    String reader = "read_parquet(%s, union_by_name = true, %s)".formatted(paths, Sql.NO_HIVE);
    List<Element> elements = elements(engine, paths);
    List<List<Tree>> trees = files(elements);
    Set<String> nulls = columnsWith(trees, Element::isNull);
    nulls.removeAll(columnsWith(trees, Element::isTypedValue));
    Map<String, String> types = engine.describe("SELECT * FROM " + reader);
    requireNames(options.stream(), types.keySet());
    Map<String, String> unreadable = new HashMap<>();
    if (typesDiffer(elements)) {
      unreadable.putAll(UnionLoss.of(engine, parts(files), types));
    }
    if (files.size() > 1) {
      unreadable.putAll(ParquetNames.exchanged(names(trees), types.keySet()));
    }
    ParquetTexts.broken(engine, paths, reader, types)
        .forEach(name -> unreadable.put(name, "texts that are not UTF-8"));
    columnsWith(trees, element -> element.digits() > MOST_DIGITS)
        .forEach(name -> unreadable.put(name, DIGITS));
    Map<String, String> sql = new HashMap<>();
    types.forEach(
        (name, type) -> {
          if (Nesting.isTooDeep(type)) {
            unreadable.put(name, DEEP);
          }
          if (nulls.contains(name) && type.matches("INTEGER(\\[])*")) {
            sql.put(name, untyped(name, type.substring("INTEGER".length())));
          } else if (type.equals("VARCHAR")) {
            sql.put(name, Source.without(nullValues, Sql.identifier(name)));
          }
        });
    return new ParquetSource(
        options.stream(), reader, List.copyOf(types.keySet()), unreadable, sql);
  }

  private static List<UnionLoss.Part> parts(List<SourceFile> files) {
    return files.stream()
        .map(file -> new UnionLoss.Part(file.name(), "SELECT * FROM " + Sql.parquet(file.path())))
        .toList();
  }

  private static void requireNames(String stream, Set<String> names) {
    for (String name : names) {
      if (name.indexOf('\0') >= 0) {
        throw new PermanentFailure(
            "Stream %s: the source file has a column %s, in whose name is a NUL character."
                .formatted(Names.shown(stream), Names.shown(name)),
            "Write the file with another name for it, then redrive the job.");
      }
    }
  }

  private static String untyped(String name, String lists) {
    return lists.isEmpty() ? NOTHING : Sql.identifier(name) + "::VARCHAR" + lists;
  }

  private static List<Element> elements(Engine engine, String paths) throws SQLException {
    List<Element> elements = new ArrayList<>();
    engine.rows(
        "SELECT name, coalesce(num_children, 0), coalesce(precision, 0),"
            + " coalesce(logical_type = 'NullType()', false),"
            + " concat_ws(' ', type, type_length, converted_type, scale, precision, logical_type)"
            + " FROM parquet_schema("
            + paths
            + ")",
        row ->
            elements.add(
                new Element(
                    row.getString(1),
                    row.getLong(2),
                    row.getLong(3),
                    row.getBoolean(4),
                    row.getString(5))));
    return elements;
  }

  /** Whether a name may have two types; to ask each of thousands of files takes long. */
  private static boolean typesDiffer(List<Element> elements) {
    Map<String, String> kinds = new HashMap<>();
    return elements.stream()
        .anyMatch(
            element -> {
              String name = element.name().strip().toLowerCase(Locale.ROOT);
              String other = kinds.putIfAbsent(name, element.kind());
              return other != null && !other.equals(element.kind());
            });
  }

  /**
   * A file's schema is its elements in depth-first order, each with the number of its children, the
   * root first: https://github.com/apache/parquet-format#metadata.
   */
  private static List<List<Tree>> files(List<Element> elements) {
    List<List<Tree>> files = new ArrayList<>();
    Iterator<Element> left = elements.iterator();
    while (left.hasNext()) {
      List<Tree> file = new ArrayList<>();
      for (long columns = left.next().children(); columns > 0; columns--) {
        List<Element> tree = new ArrayList<>();
        for (long open = 1; open > 0; open--) {
          tree.add(left.next());
          open += tree.get(tree.size() - 1).children();
        }
        file.add(new Tree(tree.get(0).name(), tree));
      }
      files.add(file);
    }
    return files;
  }

  private static Set<String> columnsWith(List<List<Tree>> files, Predicate<Element> sought) {
    return files.stream()
        .flatMap(List::stream)
        .filter(tree -> tree.elements().stream().anyMatch(sought))
        .map(Tree::name)
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static List<List<String>> names(List<List<Tree>> files) {
    return files.stream().map(file -> file.stream().map(Tree::name).toList()).toList();
  }

  @Override
  public Optional<Column> find(String name) {
    Optional<String> match = Names.match(columns, name);
    if (match.isPresent()) {
      return match.map(
          column ->
              readable(
                  column, new Column(column, sql.getOrDefault(column, Sql.identifier(column)))));
    }
    List<String> steps = Arrays.asList(name.split("\\.", -1));
    return Names.match(columns, steps.get(0))
        .filter(first -> steps.size() > 1)
        .map(
            first -> {
              steps.set(0, first);
              return readable(
                  first,
                  new Column(
                      name, steps.stream().map(Sql::identifier).collect(Collectors.joining("."))));
            });
  }

  private Column readable(String name, Column column) {
    if (unreadable.containsKey(name)) {
      throw UnionLoss.refusal(stream, name, unreadable.get(name));
    }
    return column;
  }

  @Override
  public String select(Collection<Column> used) {
    return used.stream()
        .map(column -> column.sql() + " AS " + Sql.identifier(column.name()))
        .collect(Collectors.joining(", ", "SELECT ", "\nFROM " + reader));
  }

  @Override
  public boolean isText() {
    return false;
  }

  @Override
  public String typesAdvice() {
    return "The file's columns have the types that the Parquet file gives them.";
  }
}
