package dev.odyssey.transform.engine;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Macros for decimals of one size each, since a type cannot be a macro's parameter; they call those
 * of {@link Macros}. The engine computes with up to 18 digits in 64 bits; with more it takes
 * microseconds for a text, up to forty, so that those are read and written in 64 bits where they
 * fit, or read as integers. Stateless.
 */
final class DecimalMacros {
  private static final Pattern CALL =
      Pattern.compile("\\b(read|short|long)_decimal_(\\d+)_(\\d+)\\(");

  private DecimalMacros() {}

  /**
   * @param macro {@code read}, {@code short} or {@code long}
   */
  static String call(String macro, DecimalSize size, String argument) {
    return "%s_decimal_%d_%d(%s)".formatted(macro, size.digits(), size.scale(), argument);
  }

  /** Definitions of what this SQL calls, once each. */
  static List<String> calledBy(String sql) {
    Map<String, String> definitions = new LinkedHashMap<>();
    Matcher call = CALL.matcher(sql);
    while (call.find()) {
      DecimalSize.of("DECIMAL(" + call.group(2) + "," + call.group(3) + ")")
          .ifPresent(
              size -> definitions.computeIfAbsent(call.group(), c -> define(call.group(1), size)));
    }
    return List.copyOf(definitions.values());
  }

  private static String define(String macro, DecimalSize size) {
    return switch (macro) {
      case "read" -> read(size);
      case "short" -> shortValue(size);
      default -> longText(size);
    };
  }

  private static String read(DecimalSize size) {
    int scale = size.scale();
    String one = scale == 0 ? "1" : "0." + "0".repeat(scale - 1) + "1";
    List<String> ways = new ArrayList<>();
    size.narrow().ifPresent(narrow -> ways.add("TRY_CAST(t AS " + narrow.sql() + ")"));
    ways.add(
        "TRY_CAST(TRY_CAST(scaled(t, %d) AS DECIMAL(38,0)) * '%s'::DECIMAL(%d,%1$d) AS %4$s)"
            .formatted(scale, one, Math.max(scale, 1), size.sql()));
    ways.add("TRY_CAST(t AS " + size.sql() + ")");
    return """
        -- The decimal of a text, rounded; NULL where it has none or does not fit.
        CREATE OR REPLACE MACRO %s AS
          coalesce(
            %s)"""
        .formatted(call("read", size, "t"), String.join(",\n    ", ways));
  }

  private static String shortValue(DecimalSize size) {
    return """
        -- The same decimal of four digits behind the point, where it has no more.
        CREATE OR REPLACE MACRO %s AS
          CASE WHEN %s THEN %s END"""
        .formatted(call("short", size, "v"), isShort(size), fourDigits(size));
  }

  /** Compared, since a cast that fails takes longer than the text. */
  private static String longText(DecimalSize size) {
    String text =
        size.narrow()
            .map(
                narrow ->
                    """
                    CASE WHEN v BETWEEN '-%1$s'::%2$s AND '%1$s'::%2$s
                        THEN TRY_CAST(v AS %2$s)::VARCHAR ELSE v::VARCHAR END"""
                        .formatted(narrow.nines(), narrow.sql()))
            .orElse("v::VARCHAR");
    return """
        -- The text of any other decimal, without zeros at its end.
        CREATE OR REPLACE MACRO %s AS
          CASE WHEN (%s) IS NOT TRUE THEN
            %s END"""
        .formatted(
            call("long", size, "v"),
            isShort(size),
            size.scale() == 0 ? text : "regexp_replace(" + text + ", '\\.?0+$', '')");
  }

  /** Compared in its own type: the one that holds both may need more digits than there are. */
  private static String isShort(DecimalSize size) {
    return "TRY_CAST(%s AS %s) = v".formatted(fourDigits(size), size.sql());
  }

  /** The nearest decimal of four digits behind the point; NULL where DECIMAL(18,4) holds none. */
  private static String fourDigits(DecimalSize size) {
    if (!size.isWide()) {
      return "TRY_CAST(v AS DECIMAL(18,4))";
    }
    return size.whole() <= 9
        ? "four_digits_below_1e9(v)"
        : size.whole() <= 14 ? "four_digits_below_1e14(v)" : "four_digits(v)";
  }
}
