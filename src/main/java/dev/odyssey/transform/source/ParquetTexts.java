package dev.odyssey.transform.source;

import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.Sql;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds texts in Parquet that are no UTF-8. Of those whose lengths stand apart from their bytes the
 * engine (1.5.6) looks at all bytes of a page together, and takes a character that two texts share:
 * a snapshot of them is one that nobody can read. Stateless.
 */
final class ParquetTexts {
  private ParquetTexts() {}

  /**
   * @param paths SQL of the files
   * @param reader SQL of a relation of them
   * @param types of its columns
   * @return the columns that have such texts
   */
  static Set<String> broken(Engine engine, String paths, String reader, Map<String, String> types)
      throws SQLException {
    Set<String> broken = new HashSet<>();
    List<String> suspects = suspects(engine, paths);
    for (Map.Entry<String, String> column : types.entrySet()) {
      String name = column.getKey();
      boolean suspect =
          suspects.stream().anyMatch(path -> path.equals(name) || path.startsWith(name + ", "));
      if (suspect && column.getValue().contains("VARCHAR") && hasBroken(engine, reader, name)) {
        broken.add(name);
      }
    }
    return broken;
  }

  /** Columns and fields, such as {@code address, city}. */
  private static List<String> suspects(Engine engine, String paths) throws SQLException {
    return engine.texts(
        "SELECT DISTINCT path_in_schema FROM parquet_metadata("
            + paths
            + ") WHERE encodings LIKE '%DELTA_LENGTH_BYTE_ARRAY%'");
  }

  private static boolean hasBroken(Engine engine, String reader, String column)
      throws SQLException {
    String text = Sql.identifier(column) + "::VARCHAR";
    return engine.count(
            "Texts that are not UTF-8.",
            "%s WHERE %s IS NOT NULL AND TRY(decode(encode(%2$s))) IS NULL".formatted(reader, text))
        > 0;
  }
}
