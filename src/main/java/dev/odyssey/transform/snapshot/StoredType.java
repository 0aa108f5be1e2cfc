package dev.odyssey.transform.snapshot;

import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * The engine's type that a value is stored with, so that every Parquet reader can read it:
 * docs/parquet.md lists them. Stateless.
 */
public final class StoredType {
  // a quoted field name; an ENUM; a type's word where a type stands, not a field of that name
  private static final Pattern WORD =
      Pattern.compile(
          "(\"(?:[^\"]|\"\")*\")(?! *$)|ENUM\\((?:'(?:[^']|'')*'(?:, )?)*\\)|(\"NULL\"|TIME WITH"
              + " TIME ZONE|[A-Z_]+)(?=[,)\\[]|$)");
  // what the engine's UNION is in Parquet; it writes such a type, and does not read it
  private static final Pattern NAMELESS = Pattern.compile("STRUCT\\([A-Z_]+[,()\\[]");
  private static final Map<String, String> STORED =
      Map.ofEntries(
          Map.entry("HUGEINT", "DECIMAL(38,0)"),
          Map.entry("UHUGEINT", "DECIMAL(38,0)"),
          Map.entry("UBIGINT", "DECIMAL(20,0)"),
          Map.entry("UINTEGER", "BIGINT"),
          Map.entry("USMALLINT", "BIGINT"),
          Map.entry("UTINYINT", "BIGINT"),
          Map.entry("TIMESTAMP_S", "TIMESTAMP"),
          Map.entry("TIMESTAMP_MS", "TIMESTAMP"),
          Map.entry("TIMESTAMP_NS", "TIMESTAMP"),
          Map.entry("TIME", "VARCHAR"),
          Map.entry("TIME_NS", "VARCHAR"),
          Map.entry("TIME WITH TIME ZONE", "VARCHAR"),
          Map.entry("UUID", "VARCHAR"),
          Map.entry("INTERVAL", "VARCHAR"),
          Map.entry("BIT", "VARCHAR"),
          Map.entry("BIGNUM", "VARCHAR"),
          Map.entry("VARIANT", "JSON"),
          Map.entry("\"NULL\"", "VARCHAR"));

  private StoredType() {}

  public static String of(String type) {
    if (type.startsWith("GEOMETRY")) {
      return "VARCHAR";
    }
    if (NAMELESS.matcher(type.replaceAll("\"(?:[^\"]|\"\")*\"|'(?:[^']|'')*'", "x")).find()) {
      return "JSON";
    }
    return WORD.matcher(type)
        .replaceAll(match -> java.util.regex.Matcher.quoteReplacement(of(match)));
  }

  private static String of(MatchResult match) {
    if (match.group(1) != null) {
      return match.group();
    }
    return match.group(2) == null ? "VARCHAR" : STORED.getOrDefault(match.group(2), match.group(2));
  }

  public static boolean isNested(String type) {
    return type.endsWith("]") || type.matches("(?s)(STRUCT|MAP|UNION)\\(.*");
  }
}
