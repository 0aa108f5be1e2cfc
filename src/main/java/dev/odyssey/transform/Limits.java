package dev.odyssey.transform;

import dev.odyssey.transform.BadValueReport.BadColumn;
import dev.odyssey.transform.TransformResult.Excess;
import dev.odyssey.transform.csv.CsvRewriter;
import dev.odyssey.transform.diff.KeyRule;
import dev.odyssey.transform.options.SourceOption;
import dev.odyssey.transform.options.SourceOptions;
import dev.odyssey.transform.text.Names;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How much of a file may be bad before nothing of it is published. Immutable.
 *
 * @param maxBadValues share of a column's values, 0 to 1
 * @param maxRejects share of the rows, 0 to 1
 */
record Limits(String stream, double maxBadValues, double maxRejects) {
  private static final String ADVICE =
      "Correct the file, the stream's types or the source's options, or raise %s in the data source's"
          + " config; then redrive the job.";
  private static final String ADVICE_FOR_TRANSFORM =
      "Correct the transform, or the file, or raise maxBadValueRatio in the data source's config;"
          + " then redrive the job.";

  private static final String SHORT_ROWS =
      "Where rows only lack empty fields at their end, set \"shortRows\" to \"pad\" in config.csv. ";

  /** A stream's own limits, else those of the settings. */
  static Limits of(SourceOptions options, TransformSettings settings) {
    return new Limits(
        options.stream(),
        options.ratio(SourceOption.MAX_BAD_VALUE_RATIO).orElse(settings.maxBadValueRatio()),
        options.ratio(SourceOption.MAX_REJECT_RATIO).orElse(settings.maxRejectRatio()));
  }

  /**
   * Why nothing of the file may be published; null where the limits hold.
   *
   * @param rows read, with the rejected ones
   * @param reasons how many rows were rejected for what; those that only lost to a newer one are
   *     not held against a file of all versions
   */
  Excess excess(long rows, BadValueReport badValues, Map<String, Long> reasons) {
    Map<String, Long> faulty = without(reasons, KeyRule.DUPLICATE);
    long rejected = total(faulty);
    if (isMore(rejected, maxRejects, rows)) {
      return new Excess(
          "Stream %s: %,d of %,d rows cannot be taken (%s); more than the limit of %s%%."
              .formatted(Names.shown(stream), rejected, rows, shown(faulty), percent(maxRejects)),
          (isMostly(CsvRewriter.TOO_FEW, faulty, rejected) ? SHORT_ROWS : "")
              + ADVICE.formatted("maxRejectRatio"));
    }
    long read = rows - total(without(faulty, KeyRule.NULL_KEY));
    for (BadColumn column : badValues.columns()) {
      if (isMore(column.count(), maxBadValues, read)) {
        String advice =
            column.computed() ? ADVICE_FOR_TRANSFORM : ADVICE.formatted("maxBadValueRatio");
        return new Excess(excess(column, read), advice);
      }
    }
    return null;
  }

  private static Map<String, Long> without(Map<String, Long> reasons, String reason) {
    Map<String, Long> others = new LinkedHashMap<>(reasons);
    others.remove(reason);
    return others;
  }

  private static long total(Map<String, Long> reasons) {
    return reasons.values().stream().mapToLong(Long::longValue).sum();
  }

  private String excess(BadColumn column, long rows) {
    String found =
        column.computed()
            ? "the transform gives no %3$s for %1$,d of %2$,d rows"
            : "%,d of %,d values are no %s";
    return "Stream %s, column %s: %s, such as %s; more than the limit of %s%%."
        .formatted(
            Names.shown(stream),
            Names.shown(column.name()),
            found.formatted(column.count(), rows, column.wanted()),
            BadValueReport.shown(column),
            percent(maxBadValues));
  }

  private static boolean isMostly(String reason, Map<String, Long> reasons, long rejected) {
    return reasons.getOrDefault(reason, 0L) * 2 > rejected;
  }

  private static String shown(Map<String, Long> reasons) {
    return reasons.entrySet().stream()
        .limit(3)
        .map(reason -> "%,d: %s".formatted(reason.getValue(), reason.getKey()))
        .collect(java.util.stream.Collectors.joining("; "));
  }

  /** In decimals: as doubles, 0.29 of 100 are less than 29. */
  private static boolean isMore(long count, double ratio, long all) {
    BigDecimal most = BigDecimal.valueOf(ratio).multiply(BigDecimal.valueOf(all));
    return BigDecimal.valueOf(count).compareTo(most) > 0;
  }

  private static String percent(double ratio) {
    return BigDecimal.valueOf(ratio).movePointRight(2).stripTrailingZeros().toPlainString();
  }
}
