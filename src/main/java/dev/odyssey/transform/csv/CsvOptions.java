package dev.odyssey.transform.csv;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.odyssey.transform.options.SourceOption;
import dev.odyssey.transform.options.SourceOptions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a source's config tells about a CSV file; docs/csv.md has the table. Immutable.
 *
 * @param delimiter empty to find it
 * @param quote empty to find it; an empty text for none
 * @param skip physical lines at the beginning that are not read
 * @param headerRows empty to find them
 * @param columns names that go before the header's; empty for none
 * @param padShort true to fill rows with too few fields with NULL
 * @param cutLong true to drop the fields that a row has too many
 * @param replaceInvalid true to keep rows with bytes that are not valid in the file's encoding
 * @param decimalComma true where a comma is told to be in numbers
 */
public record CsvOptions(
    String stream,
    Optional<String> delimiter,
    Optional<String> quote,
    Optional<String> toldEscape,
    String comment,
    String newLine,
    Optional<Boolean> trim,
    int skip,
    Optional<Boolean> header,
    Optional<Integer> headerRows,
    List<String> columns,
    List<String> nullValues,
    boolean padShort,
    boolean cutLong,
    boolean replaceInvalid,
    boolean decimalComma) {

  private static final Map<String, String> SPOKEN =
      Map.of("tab", "\t", "space", " ", "comma", ",", "semicolon", ";", "pipe", "|", "colon", ":");
  private static final Pattern CODE =
      Pattern.compile("\\\\+(?:([tnr])|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))");

  /** An unknown or a contradictory option is a {@link PermanentFailure}. */
  public static CsvOptions of(SourceOptions options) {
    options.requireKnownCsv();
    CsvOptions told =
        new CsvOptions(
            options.stream(),
            spoken(options, SourceOption.DELIMITER)
                .filter(text -> !text.isEmpty() && !text.equalsIgnoreCase("auto")),
            oneByte(options, SourceOption.QUOTE),
            oneByte(options, SourceOption.ESCAPE),
            spoken(options, SourceOption.COMMENT).orElse(""),
            spoken(options, SourceOption.NEWLINE)
                .filter(text -> !text.equalsIgnoreCase("auto"))
                .orElse(""),
            options.flag(SourceOption.TRIM),
            options.count(SourceOption.SKIP, 0).orElse(0),
            options.flag(SourceOption.HEADER),
            options.count(SourceOption.HEADER_ROWS, 0),
            options.texts(SourceOption.COLUMNS),
            options.texts(SourceOption.NULL_VALUES),
            options.choice(SourceOption.SHORT_ROWS, "reject", "pad").equals("pad"),
            options.choice(SourceOption.LONG_ROWS, "reject", "cut").equals("cut"),
            options.choice(SourceOption.ENCODING_ERRORS, "reject", "replace").equals("replace"),
            options.choice(SourceOption.DECIMAL_SEPARATOR, ".", ",").equals(","));
    told.requireSense(options);
    return told;
  }

  /** Empty to find it. Where there is told to be no quote, it protects delimiters. */
  Optional<String> escape(String sign) {
    return !sign.isEmpty()
        ? toldEscape
        : Optional.of(quote.isPresent() ? toldEscape.orElse("") : "");
  }

  /** With a delimiter that the file names, where none is told. */
  CsvOptions orDelimiter(String found) {
    return with(delimiter.or(() -> Optional.of(found)), newLine);
  }

  /** With ASCII's own separators of fields and records. */
  CsvOptions withSeparators(String field, String record) {
    return with(Optional.of(field), record);
  }

  private CsvOptions with(Optional<String> otherDelimiter, String otherNewLine) {
    return new CsvOptions(
        stream,
        otherDelimiter,
        quote,
        toldEscape,
        comment,
        otherNewLine,
        trim,
        skip,
        header,
        headerRows,
        columns,
        nullValues,
        padShort,
        cutLong,
        replaceInvalid,
        decimalComma);
  }

  private void requireSense(SourceOptions options) {
    String told = delimiter.orElse("");
    String sign = quote.orElse("");
    String escaping = toldEscape.orElse("");
    options.refuse(
        header.isPresent() && headerRows.isPresent() && header.get() != headerRows.get() > 0,
        "header and headerRows contradict each other");
    options.refuse(!sign.isEmpty() && told.contains(sign), "delimiter and quote must differ");
    options.refuse(
        !escaping.isEmpty() && told.contains(escaping), "delimiter and escape must differ");
    options.refuse(
        !told.isEmpty() && !comment.isEmpty() && (told.startsWith(comment) || comment.equals(told)),
        "comment and delimiter must differ");
    options.refuse(!sign.isEmpty() && comment.equals(sign), "comment and quote must differ");
    options.refuse(
        !told.isEmpty() && !newLine.isEmpty() && newLine.contains(told),
        "newline and delimiter must differ");
    options.refuse(
        (!sign.isEmpty() && newLine.contains(sign))
            || (!escaping.isEmpty() && newLine.contains(escaping)),
        "newline and quote or escape must differ");
    options.refuse(breaksLine(told), "delimiter must not be a line break");
    options.refuse(breaksLine(sign), "quote must not be a line break");
    options.refuse(breaksLine(escaping), "escape must not be a line break");
  }

  /** False where the first row is told to be no header. */
  boolean mayHaveHeader() {
    return header.orElse(true) && headerRows.orElse(1) > 0;
  }

  /** False where there is told to be none, or more rows than one. */
  boolean mayHaveOneHeaderRow() {
    return header.orElse(true) && headerRows.orElse(1) == 1;
  }

  private static boolean breaksLine(String sign) {
    return sign.contains("\n") || sign.contains("\r");
  }

  private static Optional<String> spoken(SourceOptions options, SourceOption option) {
    return options
        .text(option)
        .map(text -> SPOKEN.getOrDefault(text.toLowerCase(Locale.ROOT), text))
        .map(text -> CODE.matcher(text).replaceAll(code -> Matcher.quoteReplacement(sign(code))));
  }

  private static String sign(MatchResult code) {
    if (code.group(1) != null) {
      return code.group(1).equals("t") ? "\t" : code.group(1).equals("n") ? "\n" : "\r";
    }
    String digits = code.group(2) == null ? code.group(3) : code.group(2);
    return Character.toString(Integer.parseInt(digits, 16));
  }

  private static Optional<String> oneByte(SourceOptions options, SourceOption option) {
    Optional<String> told = options.text(option);
    if (told.filter(t -> t.length() > 1 || (!t.isEmpty() && t.charAt(0) > 127)).isPresent()) {
      throw options.fault(option, TextNode.valueOf(told.get()), "must be one ASCII character");
    }
    return told;
  }
}
