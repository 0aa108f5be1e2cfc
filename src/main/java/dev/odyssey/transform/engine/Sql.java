package dev.odyssey.transform.engine;

import java.nio.file.Path;
import java.util.Collection;
import java.util.Map;
import java.util.stream.Collectors;

/** The only two ways a foreign text enters SQL: as an identifier or as a literal. Stateless. */
public final class Sql {
  /** Of what reads a file: else a folder above it called {@code a=b} gives every row a column a. */
  public static final String NO_HIVE = "hive_partitioning = false";

  private Sql() {}

  /** Quotes any name; DuckDB compares the result without regard to case. */
  public static String identifier(String name) {
    return '"' + withoutNul(name).replace("\"", "\"\"") + '"';
  }

  /** Quotes any text; DuckDB knows no escapes in a plain literal but the doubled quote. */
  public static String literal(String text) {
    return '\'' + withoutNul(text).replace("'", "''") + '\'';
  }

  public static String list(Collection<String> texts) {
    return texts.stream().map(Sql::literal).collect(Collectors.joining(", ", "[", "]"));
  }

  /** A struct literal such as {@code {'a': 'VARCHAR'}}, in the map's order. */
  public static String struct(Map<String, String> entries) {
    return entries.entrySet().stream()
        .map(entry -> literal(entry.getKey()) + ": " + literal(entry.getValue()))
        .collect(Collectors.joining(", ", "{", "}"));
  }

  /** Reads Parquet files as one, in this order. */
  public static String parquet(Collection<Path> files) {
    return parquet(list(files.stream().map(Path::toString).toList()));
  }

  public static String parquet(Path file) {
    return parquet(literal(file.toString()));
  }

  private static String parquet(String source) {
    return "read_parquet(" + source + ", " + NO_HIVE + ")";
  }

  /** The engine's parser ends at a NUL, so what follows one would be cut off in silence. */
  private static String withoutNul(String text) {
    if (text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("a name or text in SQL must not hold a NUL character");
    }
    return text;
  }

  /**
   * What tells nested values apart at once: to compare a struct takes the engine twice as long for
   * each level.
   */
  public static String sortKey(String value) {
    return "create_sort_key(" + ascending(value) + ")";
  }

  /** Two arguments of the engine's {@code create_sort_key}, which takes several such pairs. */
  public static String ascending(String value) {
    return value + ", 'ASC NULLS FIRST'";
  }
}
