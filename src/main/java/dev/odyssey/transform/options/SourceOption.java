package dev.odyssey.transform.options;

import dev.odyssey.transform.text.Names;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Every option of a source's {@code config}, as docs/csv.md and docs/formats.md have them. A name
 * is the same in any case, with or without underscores: {@code header_rows}.
 */
public enum SourceOption {
  BOOLEAN_LANGUAGES(Place.CSV, "booleanLanguages", "booleanLanguage"),
  COLUMNS(Place.ONLY_CSV, "columns"),
  COMMENT(Place.CSV, "comment"),
  CURRENCY(Place.CSV, "currency"),
  DATE_FORMATS(Place.CSV, "dateFormat", "dateFormats"),
  DECIMAL_SEPARATOR(Place.CSV, "decimalSeparator", "decimal"),
  DELIMITER(Place.CSV, "delimiter", "delim", "sep", "separator"),
  ENCODING(Place.CSV, "encoding", "charset"),
  ENCODING_ERRORS(Place.CSV, "encodingErrors"),
  ESCAPE(Place.CSV, "escape", "escapeChar"),
  FALSE_VALUES(Place.CSV, "falseValues"),
  FLATTEN(Place.TOP, "flatten"),
  FLATTEN_SEPARATOR(Place.TOP, "flattenSeparator"),
  HEADER(Place.CSV, "header", "hasHeader"),
  HEADER_ROW(Place.TOP, "headerRow"),
  HEADER_ROWS(Place.CSV, "headerRows"),
  LONG_ROWS(Place.CSV, "longRows"),
  MAX_BAD_VALUE_RATIO(Place.CSV, "maxBadValueRatio"),
  MAX_REJECT_RATIO(Place.CSV, "maxRejectRatio"),
  MEMBERS(Place.TOP, "members", "member"),
  NESTED(Place.TOP, "nested"),
  NEWLINE(Place.CSV, "newline", "recordDelimiter"),
  NULL_VALUES(Place.CSV, "nullValues", "nullstr", "nullValue"),
  PERCENT(Place.CSV, "percent"),
  QUOTE(Place.CSV, "quote", "quoteChar"),
  ROWS_PATH(Place.TOP, "rowsPath", "recordPath"),
  SCHEMA_POLICY(Place.TOP, "schemaPolicy"),
  SHEET(Place.TOP, "sheet", "sheetName"),
  SHORT_ROWS(Place.CSV, "shortRows"),
  SKIP(Place.CSV, "skip", "skipRows", "skipLines"),
  THOUSANDS_SEPARATOR(Place.CSV, "thousandsSeparator", "thousands"),
  TIMESTAMP_FORMATS(Place.CSV, "timestampFormat", "timestampFormats"),
  TRIM(Place.CSV, "trim"),
  TRUE_VALUES(Place.CSV, "trueValues");

  private enum Place {
    /** At the top of {@code config}. */
    TOP,
    /** Under {@code csv}, else at the top. */
    CSV,
    /** Others have a list of this name at the top. */
    ONLY_CSV
  }

  private final Place place;

  @SuppressWarnings("ImmutableEnumChecker") // List.of is
  private final List<String> names;

  @SuppressWarnings("ImmutableEnumChecker") // Stream.toList is
  private final List<String> letters;

  /**
   * @param names ours, then what other tools call it
   */
  SourceOption(Place place, String... names) {
    this.place = place;
    this.names = List.of(names);
    this.letters = this.names.stream().map(Names::letters).toList();
  }

  /** Ours. */
  String shown() {
    return names.get(0);
  }

  boolean isCsv() {
    return place != Place.TOP;
  }

  boolean isAtTop() {
    return place != Place.ONLY_CSV;
  }

  public boolean isNamed(String key) {
    return letters.contains(Names.letters(key));
  }

  public static Optional<SourceOption> named(String key) {
    return Arrays.stream(values()).filter(option -> option.isNamed(key)).findFirst();
  }

  /**
   * The one at the top of {@code config} of which the key may be a slip of the pen, which seldom is
   * in the first letter.
   */
  static Optional<SourceOption> meant(String key) {
    List<String> alike =
        Arrays.stream(values())
            .filter(SourceOption::isAtTop)
            .flatMap(option -> option.names.stream())
            .filter(name -> Names.letters(key).startsWith(name.substring(0, 1)))
            .toList();
    return Names.slip(alike, key).flatMap(SourceOption::named);
  }
}
