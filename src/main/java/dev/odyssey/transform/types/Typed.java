package dev.odyssey.transform.types;

import dev.odyssey.transform.definition.ColumnType;
import dev.odyssey.transform.diff.Ref;
import dev.odyssey.transform.engine.BadValues;
import dev.odyssey.transform.engine.DecimalSize;
import dev.odyssey.transform.engine.Sql;
import dev.odyssey.transform.source.Source;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** SQL of the rows {@code typed}: every target in its own type, what does not fit told apart. */
public final class Typed {
  /**
   * @param sql a query
   * @param texts further columns of it, by those whose text they have: as {@link Ref#sql(Map, Map,
   *     TransformSettings.RefHash)} wants them, where there is a value
   */
  public record Rows(String sql, Map<String, String> texts) {}

  private final Cast cast;
  private final Map<String, String> engineTypes;

  /**
   * @param engineTypes of the view {@code mapped}
   */
  public Typed(Cast cast, Map<String, String> engineTypes) {
    this.cast = cast;
    this.engineTypes = engineTypes;
  }

  /** Gives columns without a type the one that they have, and keeps a native number as it is. */
  public List<Projection> settle(List<Projection> projections) {
    List<Projection> settled = new ArrayList<>();
    for (Projection projection : projections) {
      String has = engineTypes.get(projection.target());
      boolean keeps =
          projection.type() == null
              || (projection.type().kind() == ColumnType.Kind.NUMBER && isNumeric(has));
      settled.add(keeps ? projection.as(ColumnType.ofEngine(has)) : projection);
    }
    return settled;
  }

  /** True for the texts whose type {@link NumberLadder} decides. */
  boolean isTextualNumber(Projection projection) {
    return projection.type().kind() == ColumnType.Kind.NUMBER && isText(projection);
  }

  private boolean isText(Projection projection) {
    return engineTypes.get(projection.target()).equals("VARCHAR");
  }

  /**
   * SQL of the view {@code numbers}: {@code mapped}, and beside each text that shall be a number
   * what the file's way of writing numbers makes of it. Empty where that is the text itself.
   */
  public Optional<String> numbers(List<Projection> projections) {
    List<String> numbers =
        projections.stream()
            .filter(this::isRewritten)
            .map(p -> cast.plainNumber(Sql.identifier(p.target())) + " AS " + plain(p))
            .toList();
    return numbers.isEmpty()
        ? Optional.empty()
        : Optional.of("SELECT *,\n  " + String.join(",\n  ", numbers) + "\nFROM mapped");
  }

  /** The view that has the columns of {@link #plain}. */
  String view(List<Projection> projections) {
    return projections.stream().anyMatch(this::isRewritten) ? "numbers" : "mapped";
  }

  private boolean isRewritten(Projection projection) {
    String column = Sql.identifier(projection.target());
    return isText(projection)
        && projection.type().isNumeric()
        && !cast.plainNumber(column).equals(column);
  }

  /** The column that the engine shall read: a number with a decimal point and nothing else. */
  String plain(Projection projection) {
    return isRewritten(projection)
        ? "\"$_number_" + projection.number() + "\""
        : Sql.identifier(projection.target());
  }

  /** The engine computes an expression as often as it is written, a column once. */
  private boolean isReadFirst(Projection projection) {
    return isText(projection) && Cast.isChecked(projection.type());
  }

  /** SQL of such a column; empty where none is needed. */
  private Optional<String> read(Projection projection, boolean guessed) {
    Optional<DecimalSize> size = size(projection);
    if (guessed && size.isPresent()) {
      return size.map(decimal -> decimal.fromPlainText(plain(projection)));
    }
    return isReadFirst(projection)
        ? Optional.of(cast.read(plain(projection), projection.type()))
        : Optional.empty();
  }

  private static String readColumn(Projection projection) {
    return "\"$_read_" + projection.number() + "\"";
  }

  /** The number by which {@link BadValues} counts values that only a wider number would hold. */
  static int misfit(Projection projection) {
    return -projection.number();
  }

  /**
   * @param guessed true for textual numbers whose type is a guess that this query has to prove
   */
  public Rows rows(List<Projection> projections, Predicate<Projection> guessed) {
    String read =
        projections.stream()
            .flatMap(
                p -> read(p, guessed.test(p)).map(sql -> sql + " AS " + readColumn(p)).stream())
            .collect(Collectors.joining(",\n    "));
    String view = view(projections);
    String from = read.isEmpty() ? view : "(SELECT *,\n    " + read + "\n  FROM " + view + ")";
    List<String> columns = new ArrayList<>();
    Map<String, String> texts = new LinkedHashMap<>();
    for (Projection projection : projections) {
      String value = guessed.test(projection) ? guess(projection) : value(projection);
      columns.add(value + " AS " + Sql.identifier(projection.target()));
      Optional<DecimalSize> size = size(projection).filter(Typed::mayHaveLongText);
      if (size.isPresent() && isText(projection)) {
        String text = "\"$_text_" + projection.number() + "\"";
        columns.add(
            "long_digits(%s, %d) AS %s".formatted(plain(projection), size.get().scale(), text));
        texts.put(projection.target(), text);
      }
    }
    return new Rows("SELECT\n  " + String.join(",\n  ", columns) + "\nFROM " + from, texts);
  }

  private String value(Projection projection) {
    String column = Sql.identifier(projection.target());
    boolean fromText = isText(projection);
    String value =
        isReadFirst(projection)
            ? cast.checked(plain(projection), readColumn(projection), projection.type())
            : fromText
                ? cast.read(plain(projection), projection.type())
                : cast.fromEngine(column, engineTypes.get(projection.target()), projection);
    List<String> faults = new ArrayList<>();
    if (!value.equals(column)) {
      String bad =
          fromText ? "NOT " + Cast.isNoValue(column, projection.type()) : column + " IS NOT NULL";
      String text = fromText ? column : column + "::VARCHAR";
      faults.add("WHEN " + bad + " THEN " + report(projection, text));
    }
    if (projection.failed() != null) {
      String failed = Sql.identifier(projection.failedColumn());
      faults.add("WHEN " + failed + " IS NOT NULL THEN " + report(projection, failed));
    }
    return faults.isEmpty()
        ? value
        : "coalesce(%s,%n    CASE %s END)".formatted(value, String.join(" ", faults));
  }

  /** As {@link #value}, but the engine would round what has too many digits. */
  private String guess(Projection projection) {
    String column = Sql.identifier(projection.target());
    String number = plain(projection);
    String counted =
        "CASE WHEN is_number(%s) THEN %d ELSE %d END"
            .formatted(number, misfit(projection), projection.number());
    return "coalesce(%s,%n    CASE WHEN NOT %s THEN %s END)"
        .formatted(
            exact(number, projection),
            Cast.isNoValue(column, projection.type()),
            report(projection, counted, column));
  }

  private String exact(String number, Projection projection) {
    String read = readColumn(projection);
    return size(projection)
        .map(
            size ->
                "%s(%s, %s, %d)"
                    .formatted(
                        size.isWide() ? "exact_wide_decimal" : "exact_decimal",
                        number,
                        read,
                        size.scale()))
        .orElseGet(
            () ->
                "CASE WHEN NOT outdoes_double(%s) THEN %s END"
                    .formatted(number, cast.checked(number, read, projection.type())));
  }

  /** Where no digit is before the point the engine prints none there either. */
  private static boolean mayHaveLongText(DecimalSize size) {
    return !size.isShort() && size.whole() > 0;
  }

  private static Optional<DecimalSize> size(Projection projection) {
    return DecimalSize.of(projection.type().sql());
  }

  private String report(Projection projection, String text) {
    return report(projection, String.valueOf(projection.number()), text);
  }

  /**
   * @param number SQL of that by which {@link BadValues} counts the text
   */
  private String report(Projection projection, String number, String text) {
    return "TRY_CAST(%s(%s, %s%s) AS %s)"
        .formatted(BadValues.FUNCTION, number, text, from(projection), projection.type().sql());
  }

  /** What tells where in the source the row is, a further argument; empty where nothing does. */
  private String from(Projection projection) {
    List<String> known = new ArrayList<>();
    if (engineTypes.containsKey(Source.FILE)) {
      known.add("'file', " + Sql.identifier(Source.FILE));
    }
    if (engineTypes.containsKey(Source.LINE)) {
      known.add("'line', " + Sql.identifier(Source.LINE));
    }
    List<String> inputs = projection.sources().stream().map(Projection::inputColumn).toList();
    if (projection.isDerived() && engineTypes.keySet().containsAll(inputs)) {
      String list = inputs.stream().map(Sql::identifier).collect(Collectors.joining(", "));
      known.add("'inputs', [" + list + "]");
    }
    return known.isEmpty() ? "" : ", json_object(" + String.join(", ", known) + ")";
  }

  static boolean isNumeric(String type) {
    return type.matches("U?(TINY|SMALL|BIG|HUGE)INT|U?INTEGER|FLOAT|DOUBLE|DECIMAL\\(.*\\)");
  }
}
