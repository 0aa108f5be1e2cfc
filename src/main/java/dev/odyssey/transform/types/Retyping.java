package dev.odyssey.transform.types;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.odyssey.transform.definition.ColumnType;
import dev.odyssey.transform.engine.DecimalSize;
import dev.odyssey.transform.engine.Engine;
import dev.odyssey.transform.engine.Sql;
import dev.odyssey.transform.options.SourceOptions;
import dev.odyssey.transform.snapshot.StoredType;
import java.sql.SQLException;
import java.util.Optional;

/**
 * SQL of a stored value whose column has another type now. JSON is the text that it is stored as,
 * fields of a STRUCT are taken by name. Stateless.
 */
public final class Retyping {
  private static final Cast TEXTS =
      new Cast(TextRules.of(new SourceOptions("", JsonNodeFactory.instance.objectNode())));

  private Retyping() {}

  /**
   * The type from which values of one type are taken to the other: their own, or where that shares
   * no field with the other, here or deeper inside, one with the fields of both. Empty where they
   * have no form there.
   */
  public static Optional<String> way(Engine engine, String was, String now) {
    if (!StoredType.isNested(was) || !StoredType.isNested(now)) {
      boolean may =
          StoredType.isNested(was) == StoredType.isNested(now) || isText(was) || isText(now);
      return may ? Optional.of(was) : Optional.empty();
    }
    return isPossible(engine, was, now)
        ? Optional.of(was)
        : ofBoth(engine, was, now).filter(both -> isPossible(engine, both, now));
  }

  /** As the engine says. */
  private static boolean isPossible(Engine engine, String was, String now) {
    try {
      engine.describe(
          "SELECT %s, %s"
              .formatted(cast("NULL::" + was, was, now), cast("NULL::" + now, now, was)));
      return true;
    } catch (SQLException e) {
      return false; // such as STRUCTs without a field in common
    }
  }

  private static Optional<String> ofBoth(Engine engine, String was, String now) {
    try {
      String list = engine.texts("SELECT typeof([NULL::%s, NULL::%s])".formatted(was, now)).get(0);
      return Optional.of(list.substring(0, list.length() - "[]".length()));
    } catch (SQLException e) {
      return Optional.empty(); // a field is a date in one and a number in the other
    }
  }

  /** The value in its new type; NULL where it does not fit. A number's text has no padding. */
  public static String value(String old, String was, String now) {
    if (StoredType.isNested(was) && isText(now)) {
      return "to_json(" + old + ")::" + now;
    }
    if (isText(was) && StoredType.isNested(now)) {
      return "TRY_CAST(TRY_CAST(" + old + " AS JSON) AS " + now + ")";
    }
    if (was.equals("JSON")) {
      return value(old + "::VARCHAR", "VARCHAR", now);
    }
    if (now.equals("JSON")) {
      return "TRY_CAST(" + value(old, was, "VARCHAR") + " AS JSON)";
    }
    if (was.equals("VARCHAR")) {
      return read(old, now);
    }
    String cast = cast(old, was, now);
    if (now.equals("VARCHAR") && isFraction(was)) {
      return plain(cast);
    }
    if (now.equals("BIGINT") && isFraction(was)) {
      return whole(old, cast);
    }
    if (now.equals("BOOLEAN") && (was.endsWith("INT") || isFraction(was))) {
      return truth(old, cast);
    }
    return cast;
  }

  /** A fraction's cast to an integer, which rounds, where there is nothing to round. */
  static String whole(String value, String cast) {
    return "CASE WHEN %s = trunc(%1$s) THEN %s END".formatted(value, cast);
  }

  /** A number's cast to a boolean, to which 9 is true, where it is 0 or 1. */
  static String truth(String value, String cast) {
    return "CASE WHEN %s IN (0, 1) THEN %s END".formatted(value, cast);
  }

  /** As a text of a file, of which the engine would take more: 1_000, the year 26, infinity. */
  private static String read(String text, String now) {
    String name = now.equals("TIMESTAMP WITH TIME ZONE") ? "timestamptz" : now;
    return ColumnType.named(name)
        .filter(type -> type.sql().equals(now))
        .map(type -> TEXTS.fromText(text, type))
        .orElse(cast(text, "VARCHAR", now));
  }

  /** True where the value says the same in both types: text may pad a number behind its point. */
  public static String isExact(String old, String was, String now) {
    if (StoredType.isNested(was) && isText(now)) {
      return "true";
    }
    if (isText(was) && StoredType.isNested(now)) {
      String text = "to_json(" + value(old, was, now) + ")::VARCHAR";
      return "coalesce(%s = %s::VARCHAR, %2$s IS NULL)".formatted(text, old);
    }
    if (was.equals("JSON")) {
      return isExact(old + "::VARCHAR", "VARCHAR", now);
    }
    if (now.equals("JSON")) {
      return "(%s IS NULL) = (%s IS NULL)".formatted(value(old, was, now), old);
    }
    if (was.equals("VARCHAR") && isFraction(now)) {
      String text = "TRY_CAST(" + old + " AS " + now + ")::VARCHAR";
      return "coalesce(%s = %s, %s IS NULL)".formatted(plain(text), plain(old), old);
    }
    String back = cast(cast(old, was, now), now, was);
    return StoredType.isNested(was)
        ? Sql.sortKey(back) + " = " + Sql.sortKey(old)
        : back + " IS NOT DISTINCT FROM " + old;
  }

  /**
   * The engine computes a double from a decimal, where its text would give the nearest one, and
   * takes a text inside a nested value for JSON where it becomes such.
   */
  public static String cast(String value, String from, String to) {
    if (StoredType.isNested(to) && (from + to).contains("JSON")) {
      return "TRY_CAST(to_json(" + value + ") AS " + to + ")";
    }
    boolean byText = isFraction(from) && isFraction(to) && isDecimal(from) != isDecimal(to);
    String read = byText ? value + "::VARCHAR" : value;
    return DecimalSize.of(to)
        .filter(size -> byText)
        .map(size -> size.fromText(read))
        .orElse("TRY_CAST(" + read + " AS " + to + ")");
  }

  private static boolean isText(String type) {
    return type.equals("VARCHAR") || type.equals("JSON");
  }

  private static boolean isDecimal(String type) {
    return DecimalSize.of(type).isPresent();
  }

  public static boolean isFraction(String type) {
    return isDecimal(type) || type.equals("DOUBLE") || type.equals("FLOAT");
  }

  /** {@code 1.50} as {@code 1.5} and {@code 5.0} as {@code 5}. */
  public static String plain(String text) {
    return "CASE WHEN regexp_full_match(%1$s, '-?\\d+\\.\\d+') THEN rtrim(rtrim(%1$s, '0'), '.') ELSE %1$s END"
        .formatted(text);
  }
}
