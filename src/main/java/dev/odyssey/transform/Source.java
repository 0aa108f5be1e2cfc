package dev.odyssey.transform;

import java.io.IOException;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A file as a relation: which columns it has and the SQL that reads them. Immutable. */
sealed interface Source permits AnyColumns, CsvSource, ParquetSource, RowsSource, UnitedSource {
  /** How the names of the columns of {@link #fault} begin. */
  String FAULT = "$_error_";

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

  /**
   * To be asked after each reading of the whole file.
   *
   * @throws CsvSource.Unsound where the reader met what it cannot take
   */
  default void requireSound(Engine engine) throws SQLException, IOException, CsvSource.Unsound {}

  /**
   * Finds a few values in the file.
   *
   * @param texts by column
   * @param rows numbers from 0 of rows that are likely to have them, ascending; they spare a search
   *     of the whole file where the source's rows are the file's
   * @return what of them was found, by column; nothing where the file has no lines
   */
  default Map<String, List<BadValueReport.Sample>> locate(
      Map<String, List<String>> texts, List<Long> rows) throws IOException {
    return Map.of();
  }

  /**
   * Where rows stand in the file.
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
