package dev.odyssey.transform;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Columns that have several types in the files of one source: the engine takes the type that they
 * have in common, and cuts in silence what that does not hold, such as the digits of a long number
 * beside doubles. Stateless.
 */
final class ParquetUnion {
  private static final Pattern MAY_CUT = Pattern.compile("\\b(FLOAT|DOUBLE|DECIMAL)\\b");
  private static final Pattern FITS_DOUBLE =
      Pattern.compile("U?(TINYINT|SMALLINT|INTEGER)|FLOAT|DECIMAL\\(([1-9]|1[0-5]),\\d+\\)");

  private ParquetUnion() {}

  /**
   * What would be cut, by the columns' names. Only where types differ so that values may be cut are
   * they asked.
   *
   * @param types of the columns in all files together
   */
  static Map<String, String> losses(
      Engine engine, List<SourceFile> files, Map<String, String> types) throws SQLException {
    Map<String, String> losses = new HashMap<>();
    if (files.size() == 1 || types.values().stream().noneMatch(MAY_CUT.asPredicate())) {
      return losses;
    }
    for (SourceFile file : files) {
      Map<String, String> own = new LinkedHashMap<>();
      engine
          .describe("SELECT * FROM " + Sql.parquet(List.of(file.path())))
          .forEach((name, type) -> own.put(name.toLowerCase(Locale.ROOT), type));
      for (Map.Entry<String, String> column : types.entrySet()) {
        String type = own.get(column.getKey().toLowerCase(Locale.ROOT));
        if (type != null && mayLose(type, column.getValue())) {
          loss(engine, file, column, type).ifPresent(loss -> losses.put(column.getKey(), loss));
        }
      }
    }
    return losses;
  }

  private static boolean mayLose(String own, String common) {
    if (own.equals(common) || !MAY_CUT.matcher(common).find()) {
      return false;
    }
    Optional<DecimalSize> from = DecimalSize.of(own);
    Optional<DecimalSize> into = DecimalSize.of(common);
    if (from.isPresent() && into.isPresent()) {
      return into.get().scale() < from.get().scale() || into.get().whole() < from.get().whole();
    }
    return !(common.equals("DOUBLE") && FITS_DOUBLE.matcher(own).matches());
  }

  private static Optional<String> loss(
      Engine engine, SourceFile file, Map.Entry<String, String> column, String own)
      throws SQLException {
    String common = column.getValue();
    String value = Sql.identifier(column.getKey());
    String taken = "TRY_CAST(%s AS %s)".formatted(value, common);
    // of a double a decimal gets the digits that its text has
    boolean isText = DecimalSize.of(own).isPresent() && common.matches("FLOAT|DOUBLE");
    String back = "TRY_CAST(%s%s AS %s)".formatted(taken, isText ? "::VARCHAR" : "", own);
    long[] cut = new long[1];
    engine.rows(
        "SELECT count(*) FROM %s WHERE %s IS DISTINCT FROM %s"
            .formatted(Sql.parquet(List.of(file.path())), value, back),
        row -> cut[0] = row.getLong(1));
    return cut[0] == 0
        ? Optional.empty()
        : Optional.of(
            "the type %s in the file %s, and in all files together %s, which would change %,d of its values"
                .formatted(own, Names.shown(file.name()), common, cut[0]));
  }
}
