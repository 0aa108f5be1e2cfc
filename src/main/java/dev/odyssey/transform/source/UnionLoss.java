package dev.odyssey.transform.source;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.engine.DecimalSize;
import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.Sql;
import dev.odyssey.transform.text.Names;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Columns that have several types in the files of one source: the engine takes the type that they
 * have in common, and cuts in silence what that does not hold, such as the digits of a long number
 * beside doubles, or fails in words of its own, as for a text beside a struct. Stateless.
 */
final class UnionLoss {
  private static final Pattern MAY_CUT = Pattern.compile("\\b(FLOAT|DOUBLE|DECIMAL)\\b");

  /** What holds the values of any type, or of those that it is the common type of. */
  private static final Pattern HOLDS_ALL =
      Pattern.compile("VARCHAR|JSON|U?[A-Z]*INT(EGER)?|BOOLEAN");

  private static final Pattern FITS_DOUBLE =
      Pattern.compile("U?(TINYINT|SMALLINT|INTEGER)|FLOAT|DECIMAL\\(([1-9]|1[0-5]),\\d+\\)");

  private UnionLoss() {}

  /**
   * One file, or files of one format, of those that are united.
   *
   * @param file its name; null where it is several
   * @param query that selects its columns
   */
  record Part(String file, String query) {
    String where() {
      return file == null ? "some files" : "the file " + Names.shown(file);
    }
  }

  /**
   * What would be cut, by the columns' names. Only where types differ so that values may be cut are
   * they asked.
   *
   * @param types of the columns in all parts together
   */
  static Map<String, String> of(Engine engine, List<Part> parts, Map<String, String> types)
      throws SQLException {
    Map<String, String> losses = new HashMap<>();
    if (parts.size() == 1 || types.values().stream().allMatch(HOLDS_ALL.asMatchPredicate())) {
      return losses;
    }
    for (Part part : parts) {
      Map<String, String> own = engine.describe(part.query());
      for (Map.Entry<String, String> column : types.entrySet()) {
        Optional<String> name = same(own.keySet(), column.getKey());
        if (name.isPresent() && mayLose(own.get(name.get()), column.getValue())) {
          loss(engine, part, name.get(), own.get(name.get()), column.getValue())
              .ifPresent(loss -> losses.put(column.getKey(), loss));
        }
      }
    }
    return losses;
  }

  /** No matter that another is alike: a mapping of it says so. */
  private static Optional<String> same(Set<String> names, String wanted) {
    return names.contains(wanted)
        ? Optional.of(wanted)
        : names.stream().filter(name -> name.strip().equalsIgnoreCase(wanted.strip())).findFirst();
  }

  private static boolean mayLose(String own, String common) {
    if (own.equals(common) || HOLDS_ALL.matcher(common).matches()) {
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
      Engine engine, Part part, String column, String own, String common) throws SQLException {
    if (!MAY_CUT.matcher(common).find()) {
      return fault(engine, part, column, own, common);
    }
    String value = Sql.identifier(column);
    String taken = "TRY_CAST(%s AS %s)".formatted(value, common);
    // of a double a decimal gets the digits that its text has
    boolean isText = DecimalSize.of(own).isPresent() && common.matches("FLOAT|DOUBLE");
    String back = "TRY_CAST(%s%s AS %s)".formatted(taken, isText ? "::VARCHAR" : "", own);
    long cut = count(engine, part, value + " IS DISTINCT FROM " + back);
    return cut == 0
        ? Optional.empty()
        : Optional.of(
            "the type %s in %s, and in all files together %s, which would change %,d of its values"
                .formatted(own, part.where(), common, cut));
  }

  /** Where values cannot become the common type, or no value of their type can. */
  private static Optional<String> fault(
      Engine engine, Part part, String column, String own, String common) throws SQLException {
    String value = Sql.identifier(column);
    long lost;
    try {
      lost =
          count(
              engine,
              part,
              "TRY_CAST(%s AS %s) IS NULL AND %1$s IS NOT NULL".formatted(value, common));
    } catch (SQLException e) { // the engine knows no such cast
      lost = count(engine, part, value + " IS NOT NULL");
    }
    return lost == 0
        ? Optional.empty()
        : Optional.of(
            "the type %s in %s, and another in others, with which it makes %s; %,d of its values cannot become that"
                .formatted(own, part.where(), common, lost));
  }

  private static long count(Engine engine, Part part, String condition) throws SQLException {
    return engine.count(
        "Values that the type of all files does not hold.",
        "(%s) WHERE %s".formatted(part.query(), condition));
  }

  /** A column that is asked for and cannot be taken. */
  static PermanentFailure refusal(String stream, String column, String what) {
    return new PermanentFailure(
        "Stream %s: the source file's column %s has %s."
            .formatted(Names.shown(stream), Names.shown(column), what),
        "Write it otherwise, as text for one, or map the other columns; then redrive the job.");
  }
}
