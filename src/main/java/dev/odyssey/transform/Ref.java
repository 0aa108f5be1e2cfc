package dev.odyssey.transform;

import dev.odyssey.transform.TransformSettings.RefHash;
import java.util.Map;
import java.util.stream.Collectors;

/** SQL of {@code $_ref}, the hash of a row's mapped values; docs/ref.md is its definition. */
final class Ref {
  private Ref() {}

  /**
   * @param columns the row's columns and their engine types, in order
   */
  static String sql(Map<String, String> columns, RefHash hash) {
    return hash == RefHash.V1 ? injective(columns) : compat(columns);
  }

  /** {@code concat} takes NULL for '', so a NULL leaves its token's mark alone: ";" or ":;". */
  private static String injective(Map<String, String> columns) {
    return columns.entrySet().stream()
        .map(column -> token(Sql.identifier(column.getKey()), column.getValue()))
        .collect(Collectors.joining(",\n    ", "md5(concat(\n    ", "))"));
  }

  private static String token(String value, String type) {
    String base = type.endsWith("]") ? "LIST" : type.replaceFirst("\\(.*", "");
    return switch (base) {
      case "TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT" -> plain(value);
      case "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "UHUGEINT" -> plain(value);
      case "BOOLEAN", "DATE", "UUID" -> plain(value);
      case "TIME" -> plain("epoch_us(" + value + ")");
      case "TIMESTAMP", "TIMESTAMP WITH TIME ZONE" ->
          plain("coalesce(epoch_us(%1$s)::VARCHAR, %1$s::VARCHAR)".formatted(value));
      case "DECIMAL" -> plain(decimal(value, type));
      case "FLOAT", "DOUBLE" -> plain("(" + value + " + 0.0::" + base + ")");
      case "VARCHAR" -> counted(value);
      case "JSON" -> counted(value + "::VARCHAR");
      case "BLOB" -> counted("hex(" + value + ")");
      default -> counted(text(value));
    };
  }

  /** For texts that never hold a semicolon and are never empty. */
  private static String plain(String value) {
    return value + ", ';'";
  }

  private static String counted(String text) {
    return "strlen(" + text + "), ':', " + text + ", ';'";
  }

  private static String decimal(String value, String type) {
    return type.endsWith(",0)") ? value : "rtrim(rtrim(%s::VARCHAR, '0'), '.')".formatted(value);
  }

  private static String text(String value) {
    return "CASE WHEN %1$s IS NOT NULL THEN to_json(%1$s)::VARCHAR END".formatted(value);
  }

  private static String compat(Map<String, String> columns) {
    return columns.keySet().stream()
        .map(column -> "coalesce(" + Sql.identifier(column) + "::VARCHAR, '')")
        .collect(Collectors.joining(", ", "md5(concat_ws('|', ", "))"));
  }
}
