package dev.odyssey.transform;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.odyssey.failure.PermanentFailure;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
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
 */
record CsvOptions(
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
    boolean replaceInvalid) {

  private static final Set<String> KNOWN =
      new TreeSet<>(
          Set.of(
              "booleanLanguages",
              "columns",
              "comment",
              "currency",
              "dateFormat",
              "dateFormats",
              "decimalSeparator",
              "delimiter",
              "encoding",
              "encodingErrors",
              "escape",
              "falseValues",
              "header",
              "headerRows",
              "longRows",
              "maxBadValueRatio",
              "maxRejectRatio",
              "newline",
              "nullValues",
              "percent",
              "quote",
              "shortRows",
              "skip",
              "thousandsSeparator",
              "timestampFormat",
              "timestampFormats",
              "trim",
              "trueValues"));
  private static final Map<String, String> SPOKEN = Map.of("tab", "\t", "space", " ");
  private static final Pattern CODE =
      Pattern.compile("\\\\(?:([tnr])|u([0-9a-fA-F]{4})|x([0-9a-fA-F]{2}))");

  /** An unknown or a contradictory option is a {@link PermanentFailure}. */
  static CsvOptions of(SourceOptions options) {
    options.requireKnown("csv", KNOWN, SourceOptions.CSV_SYNONYMS);
    CsvOptions told =
        new CsvOptions(
            options.stream(),
            spoken(options, "delimiter").filter(text -> !text.isEmpty() && !text.equals("auto")),
            oneByte(options, "quote"),
            oneByte(options, "escape"),
            spoken(options, "comment").orElse(""),
            spoken(options, "newline").filter(text -> !text.equals("auto")).orElse(""),
            options.flag("trim"),
            options.count("skip").orElse(0),
            options.flag("header"),
            options.count("headerRows"),
            options.config().path("csv").has("columns") ? options.texts("columns") : List.of(),
            options.texts("nullValues"),
            options.choice("shortRows", "reject", "pad").equals("pad"),
            options.choice("longRows", "reject", "cut").equals("cut"),
            options.choice("encodingErrors", "reject", "replace").equals("replace"));
    told.requireSense(options);
    return told;
  }

  /** Empty to find it. */
  Optional<String> escape(String quote) {
    return quote.isEmpty() ? Optional.of("") : toldEscape;
  }

  /** With a delimiter that the file names, where none is told. */
  CsvOptions orDelimiter(String found) {
    return new CsvOptions(
        stream,
        delimiter.or(() -> Optional.of(found)),
        quote,
        toldEscape,
        comment,
        newLine,
        trim,
        skip,
        header,
        headerRows,
        columns,
        nullValues,
        padShort,
        cutLong,
        replaceInvalid);
  }

  private void requireSense(SourceOptions options) {
    String told = delimiter.orElse("");
    refuse(
        options,
        header.isPresent() && headerRows.isPresent() && header.get() != headerRows.get() > 0,
        "header and headerRows contradict each other");
    refuse(
        options,
        !told.isEmpty() && quote.filter(q -> !q.isEmpty() && told.contains(q)).isPresent(),
        "delimiter and quote must differ");
    refuse(
        options,
        quote.isPresent()
            && quote.get().isEmpty()
            && toldEscape.filter(e -> !e.isEmpty()).isPresent(),
        "escape means nothing where quote is empty");
    refuse(
        options,
        !told.isEmpty() && !comment.isEmpty() && (told.startsWith(comment) || comment.equals(told)),
        "comment and delimiter must differ");
    refuse(
        options,
        !told.isEmpty() && !newLine.isEmpty() && newLine.contains(told),
        "newline and delimiter must differ");
    refuse(
        options, told.contains("\n") || told.contains("\r"), "delimiter must not be a line break");
  }

  static void refuse(SourceOptions options, boolean wrong, String what) {
    if (wrong) {
      throw new PermanentFailure(
          "Stream %s: source options of csv: %s.".formatted(Names.shown(options.stream()), what),
          "Correct the data source's config, then redrive the job.");
    }
  }

  private static Optional<String> spoken(SourceOptions options, String name) {
    return options
        .text(name)
        .map(text -> SPOKEN.getOrDefault(text, text))
        .map(text -> CODE.matcher(text).replaceAll(code -> Matcher.quoteReplacement(sign(code))));
  }

  private static String sign(MatchResult code) {
    if (code.group(1) != null) {
      return code.group(1).equals("t") ? "\t" : code.group(1).equals("n") ? "\n" : "\r";
    }
    String digits = code.group(2) == null ? code.group(3) : code.group(2);
    return Character.toString(Integer.parseInt(digits, 16));
  }

  private static Optional<String> oneByte(SourceOptions options, String name) {
    Optional<String> told = options.text(name);
    if (told.filter(t -> t.length() > 1 || (!t.isEmpty() && t.charAt(0) > 127)).isPresent()) {
      throw options.fault(name, TextNode.valueOf(told.get()), "must be one ASCII character");
    }
    return told;
  }
}
