package dev.odyssey.transform;

import java.util.List;

/**
 * How a file writes numbers and dates. Immutable.
 *
 * @param thousandsSeparator empty where not told
 * @param dateFormats as {@code strptime} has them; tried before ISO 8601
 */
record TextRules(
    boolean decimalComma,
    String thousandsSeparator,
    List<String> dateFormats,
    List<String> timestampFormats) {

  static TextRules of(SourceOptions options) {
    return new TextRules(
        options.text("decimalSeparator", "decimal").map(","::equals).orElse(false),
        options.text("thousandsSeparator", "thousands").orElse(""),
        options.texts("dateFormat"),
        options.texts("timestampFormat"));
  }

  /**
   * With a decimal comma a point can only group thousands: {@code 1.234,5} is 1234.5, and {@code
   * 12.5} is no number.
   */
  String plainNumber(String value) {
    String text =
        thousandsSeparator.isEmpty()
            ? value
            : "replace(" + value + ", " + Sql.literal(thousandsSeparator) + ", '')";
    return decimalComma
        ? ("replace(CASE WHEN NOT contains(%1$s, '.') THEN %1$s"
                + " WHEN regexp_full_match(%1$s, '\\s*[-+]?\\d{1,3}(\\.\\d{3})+(,\\d+)?\\s*')"
                + " THEN replace(%1$s, '.', '') END, ',', '.')")
            .formatted(text)
        : text;
  }
}
