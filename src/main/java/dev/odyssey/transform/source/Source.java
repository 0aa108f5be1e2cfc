package dev.odyssey.transform.source;

import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.Sql;
import dev.odyssey.transform.options.SourceOptions;
import dev.odyssey.transform.text.Names;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** A file as a relation: which columns it has and the SQL that reads them. Immutable. */
public sealed interface Source
    permits AnyColumns, CsvSource, ParquetSource, RowsSource, UnitedSource {
  /** How the names of the columns of {@link #fault} begin. */
  String FAULT = "$_error_";

  /** How the name of the column of {@link #line} begins. */
  String LINE = "$_line";

  /** How the name of the column of {@link #fileName} begins. */
  String FILE = "$_file";

  /** SQL of a column that has no values, nor a type. */
  String NOTHING = "NULL";

  /** The file's columns, for messages and for streams that map none. */
  List<String> columns();

  /** A column by name, or a nested field by path such as {@code address.city}. */
  Optional<Column> find(String name);

  /**
   * The column that tells what went wrong where this one has no value, such as {@code #N/A} in a
   * cell; empty where nothing can.
   */
  default Optional<Column> fault(Column column) {
    return Optional.empty();
  }

  /** SQL of a SELECT that gives these columns under their names, in the file's order of rows. */
  String select(Collection<Column> used);

  /** This file for a query that wants the first rows alone, and may miss very long ones. */
  default Source beginning() throws IOException {
    return this;
  }

  /**
   * To be asked after each reading of the whole file.
   *
   * @throws CsvSource.Unsound where the reader met what it cannot take
   */
  default void requireSound(Engine engine) throws SQLException, IOException, CsvSource.Unsound {}

  /**
   * The column that tells on which line of the file a row begins: BIGINT, from 1, NULL where
   * unknown; its name is no other column's. Empty where the relation has none.
   */
  default Optional<Column> line() {
    return Optional.empty();
  }

  /**
   * The name of the file that a row is from, where there are several: VARCHAR, like {@link #line}.
   */
  default Optional<Column> fileName() {
    return Optional.empty();
  }

  /** SQL of a text that is NULL where it is one of these. */
  static String without(List<String> nullValues, String text) {
    return nullValues.isEmpty()
        ? text
        : nullValues.stream()
            .map(Sql::literal)
            .collect(
                Collectors.joining(
                    ", ", "CASE WHEN " + text + " NOT IN (", ") THEN " + text + " END"));
  }

  /** A column for {@link #line} or {@link #fileName} beside these. */
  static Column beside(List<String> columns, String name) {
    List<String> names = new ArrayList<>(columns);
    names.add(name);
    String own = Names.distinct(names).get(columns.size());
    return new Column(own, Sql.identifier(own));
  }

  /** Whether {@link #locate} may find rows. */
  default boolean isSearchable() {
    return false;
  }

  /**
   * Finds the lines of a few rows by what some of their columns hold.
   *
   * @param sought each as often as a line of it is wanted
   * @param rows numbers from 0 of rows that are likely to have them, ascending; they spare a search
   *     of the whole file where the source's rows are the file's
   * @return lines of the file from 1, ascending, fewer than wanted where it does not have as many
   */
  default Map<Fields, List<Long>> locate(List<Fields> sought, List<Long> rows) throws IOException {
    return Map.of();
  }

  /**
   * Where rows stand in the file, for sources without {@link #line}.
   *
   * @param rows numbers from 0
   * @return for as many of them as can be told at little cost
   */
  default Map<Long, Place> places(List<Long> rows) throws IOException {
    return Map.of();
  }

  /** Sentences on what a person should look at, because it could be read in two ways. */
  default List<String> doubts() {
    return List.of();
  }

  /** Whether it has every column that somebody asks for, as it has no rows and names none. */
  default boolean hasAnyColumn() {
    return false;
  }

  /** True when texts follow the rules of {@link SourceOptions}, such as a decimal comma. */
  default boolean isText() {
    return true;
  }

  /** Why a plain {@code a * 2} may fail in an expression; a sentence for the advice. */
  default String typesAdvice() {
    return "Every column of this file is text in an expression: use CAST(column AS DOUBLE) and the"
        + " like.";
  }

  /**
   * What some columns of one row hold. Immutable.
   *
   * @param file that has the row; null where there is one
   * @param texts one for each column; null for NULL
   */
  record Fields(String file, List<String> columns, List<String> texts) {}

  /**
   * @param line physical, from 1
   * @param byteOffset from 0
   */
  record Place(long line, long byteOffset) {}

  /**
   * A column or nested field of the file.
   *
   * @param name unique in the relation
   * @param sql gives its value inside the reader's own SELECT
   */
  record Column(String name, String sql) {}
}
