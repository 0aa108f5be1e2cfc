package dev.odyssey.transform.diff;

import dev.odyssey.transform.TransformSettings.RefHash;
import dev.odyssey.transform.engine.DecimalSize;
import dev.odyssey.transform.engine.Sql;
import dev.odyssey.transform.snapshot.StoredType;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * SQL of {@code $_ref}, the hash of a row's values; docs/ref.md is its definition, src/test/
 * resources/ref-vectors.json its test vectors.
 */
public final class Ref {
  /** The type of what hashes a row of no columns at all, which equals no other row. */
  static final String NOTHING = "NULL::VARCHAR";

  private Ref() {}

  /**
   * @param columns the row's columns and their engine types, in order
   */
  static String sql(Map<String, String> columns, RefHash hash) {
    return sql(columns, Map.of(), hash);
  }

  /**
   * @param texts of decimals, by their columns' names: SQL of the value's text where it is known
   *     and four digits behind the point do not hold the value; NULL elsewhere. To print a wide one
   *     takes longer than all else.
   */
  static String sql(Map<String, String> columns, Map<String, String> texts, RefHash hash) {
    return hash == RefHash.V1 ? injective(columns, texts) : compat(columns);
  }

  /**
   * The engine's sort key is injective, the same on every machine, and several times cheaper than
   * any text. Its first field is the version and the kinds of the columns: so values of two kinds
   * never have the same bytes, and the engine never makes a number of a short key.
   */
  private static String injective(Map<String, String> columns, Map<String, String> texts) {
    String kinds = columns.values().stream().map(Ref::kind).collect(Collectors.joining());
    List<String> fields = new ArrayList<>(List.of("'1" + kinds + "'"));
    columns.forEach((name, type) -> addFields(fields, Sql.identifier(name), type, texts.get(name)));
    return fields.stream()
        .map(Sql::ascending)
        .collect(Collectors.joining(",\n    ", "md5(create_sort_key(\n    ", "))"));
  }

  private static String kind(String type) {
    if (StoredType.isNested(type)) {
      return "n";
    }
    return switch (type.replaceFirst("\\(.*", "")) {
      case "TINYINT", "SMALLINT", "INTEGER", "BIGINT" -> "i";
      case "DECIMAL" -> "d";
      case "FLOAT", "DOUBLE" -> "f";
      case "BOOLEAN" -> "b";
      case "DATE" -> "y";
      case "TIMESTAMP", "TIMESTAMP WITH TIME ZONE" -> "t";
      case "BLOB" -> "x";
      default -> "s";
    };
  }

  private static void addFields(List<String> fields, String value, String type, String text) {
    switch (type) {
      case "TINYINT", "SMALLINT", "INTEGER" -> fields.add(value + "::BIGINT");
      case "FLOAT" -> fields.add(value + "::DOUBLE");
      case "JSON" -> fields.add(value + "::VARCHAR");
      default -> {
        DecimalSize.of(type)
            .ifPresentOrElse(
                size -> addDecimal(fields, value, size, text), () -> fields.add(value));
      }
    }
  }

  /** Two fields, so that 1.5 is the same in every DECIMAL: up to four digits after the point. */
  private static void addDecimal(List<String> fields, String value, DecimalSize size, String text) {
    if (size.isShort()) {
      fields.add(value + "::DECIMAL(18,4)");
      fields.add(NOTHING);
      return;
    }
    String shortValue = size.shortValue(value);
    String longText = size.longText(value);
    if (text == null) {
      fields.add(shortValue);
      fields.add(longText);
    } else {
      fields.add("CASE WHEN %s IS NULL THEN %s END".formatted(text, shortValue));
      fields.add("coalesce(%s, %s)".formatted(text, longText));
    }
  }

  private static String compat(Map<String, String> columns) {
    return columns.keySet().stream()
        .map(column -> "coalesce(" + Sql.identifier(column) + "::VARCHAR, '')")
        .collect(Collectors.joining(", ", "md5(concat_ws('|', ", "))"));
  }
}
