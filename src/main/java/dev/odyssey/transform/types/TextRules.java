package dev.odyssey.transform.types;

import dev.odyssey.transform.engine.Sql;
import dev.odyssey.transform.options.SourceOption;
import dev.odyssey.transform.options.SourceOptions;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How a file writes numbers, dates and truth. Immutable.
 *
 * @param group the signs between thousands, as a class of a regular expression; empty for none
 * @param currency what may stand before or after a number
 * @param percent what a percent sign is, if it may be there
 * @param dateFormats as {@code strptime} has them; tried before ISO 8601
 * @param booleans words in lower case and what they mean
 */
public record TextRules(
    boolean decimalComma,
    String group,
    List<String> currency,
    Percent percent,
    List<String> dateFormats,
    List<String> timestampFormats,
    Map<String, Boolean> booleans) {

  private static final Pattern ONE_SIGN = Pattern.compile("[^\\p{L}\\p{N}+%-]");

  private static final Pattern PART_OF_NUMBER = Pattern.compile("[-+.,]|.*\\d.*");

  /** What {@code 12.5%} is. */
  enum Percent {
    NONE,
    NUMBER,
    RATIO
  }

  public static TextRules of(SourceOptions options) {
    boolean comma = options.choice(SourceOption.DECIMAL_SEPARATOR, ".", ",").equals(",");
    String thousands = options.text(SourceOption.THOUSANDS_SEPARATOR).orElse(comma ? "." : "");
    options.refuse(
        thousands.equals(comma ? "," : "."), "decimalSeparator and thousandsSeparator must differ");
    options.refuse(
        !thousands.isEmpty() && !ONE_SIGN.matcher(thousands).matches(),
        "thousandsSeparator must be one sign, and none that numbers have");
    List<String> currency = options.texts(SourceOption.CURRENCY);
    options.refuse(
        currency.stream().anyMatch(sign -> PART_OF_NUMBER.matcher(sign).matches()),
        "currency must be none of the signs that numbers have");
    return new TextRules(
        comma,
        group(thousands),
        currency,
        Percent.valueOf(
            options
                .choice(SourceOption.PERCENT, "none", "number", "ratio")
                .toUpperCase(Locale.ROOT)),
        DateFormats.of(options, SourceOption.DATE_FORMATS),
        DateFormats.of(options, SourceOption.TIMESTAMP_FORMATS),
        booleans(options));
  }

  /** Blanks and apostrophes have several forms that look alike. */
  private static String group(String thousands) {
    return switch (thousands) {
      case "" -> "";
      case " ", "\u00a0", "\u202f", "\u2009" -> "[ \u00a0\u202f\u2009]";
      case "'", "\u2019" -> "['\u2019]";
      default -> "[" + thousands.replaceAll("([\\\\\\]\\[^-])", "\\\\$1") + "]";
    };
  }

  private static Map<String, Boolean> booleans(SourceOptions options) {
    Map<String, Boolean> words = new LinkedHashMap<>();
    for (String language : options.texts(SourceOption.BOOLEAN_LANGUAGES)) {
      words.putAll(BooleanWords.of(language, options));
    }
    words.putAll(BooleanWords.USUAL);
    List<String> yes = lower(options.texts(SourceOption.TRUE_VALUES));
    List<String> no = lower(options.texts(SourceOption.FALSE_VALUES));
    options.refuse(
        yes.stream().anyMatch(no::contains), "a word cannot be in both trueValues and falseValues");
    yes.forEach(word -> words.put(word, true));
    no.forEach(word -> words.put(word, false));
    return words;
  }

  private static List<String> lower(List<String> words) {
    return words.stream().map(word -> word.strip().toLowerCase(Locale.ROOT)).toList();
  }

  /**
   * SQL of a number's text with a decimal point and nothing else in it; NULL where separators are
   * misused: with a decimal comma {@code 1.234,5} is 1234.5 and {@code 12.5} is no number.
   */
  String plainNumber(String value) {
    String text = withoutSigns(value);
    if (!group.isEmpty()) {
      text =
          ("CASE WHEN NOT regexp_matches(%1$s, %2$s) THEN %3$s WHEN regexp_full_match(%1$s, %4$s)"
                  + " THEN regexp_replace(%1$s, %2$s, '', 'g') END")
              .formatted(text, Sql.literal(group), ungrouped(text), Sql.literal(grouped()));
    }
    if (decimalComma) {
      text = "replace(" + text + ", ',', '.')";
    }
    return percent == Percent.RATIO
        ? "CASE WHEN ends_with(trim(%1$s), '%%') THEN (%2$s) || 'e-2' ELSE %2$s END"
            .formatted(value, text)
        : text;
  }

  private String ungrouped(String text) {
    boolean pointIsWrong = decimalComma && !group.contains(".");
    return pointIsWrong ? "CASE WHEN NOT contains(" + text + ", '.') THEN " + text + " END" : text;
  }

  /** Groups of three digits, or of two as in India. */
  private String grouped() {
    return "[-+]?\\d{1,3}(%1$s\\d{2,3})*%1$s\\d{3}(%2$s\\d*)?"
        .formatted(group, decimalComma ? "," : "\\.");
  }

  private String withoutSigns(String value) {
    List<String> signs = new ArrayList<>(currency);
    if (percent != Percent.NONE) {
      signs.add("%");
    }
    if (signs.isEmpty()) {
      return group.isEmpty() ? value : "trim(" + value + ")";
    }
    String any =
        signs.stream()
            .map(sign -> sign.replaceAll("(\\p{Punct})", "\\\\$1"))
            .collect(Collectors.joining("|", "(", ")"));
    return "trim(regexp_replace(regexp_replace(trim(%s), %s, '\\1'), %s, ''))"
        .formatted(
            value,
            Sql.literal("^([-+]?)" + any + "[\\s\u00a0]*"),
            Sql.literal("[\\s\u00a0]*" + any + "$"));
  }
}
