package dev.odyssey.transform.csv;

import dev.odyssey.transform.text.CellKind;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * How well the rows that a dialect makes of a CSV file's beginning look like those of a table; the
 * better, the greater.
 */
final class CsvScores {
  private static final int FEW = 3;

  /** Of the rows of a table of blanks: prose has lines of any number of words. */
  private static final double MOST = 0.6;

  private static final double MOST_ALIKE = 0.9;

  /** No more than this do a delimiter and a quote make of a score; cells make no more of it. */
  private static final double MOST_WEIGHT = 1.6;

  /** What a row that nothing cuts is worth, where one of many fields is worth nearly 1. */
  private static final double UNCUT = 0.001;

  /** Times what it would have otherwise, where the wanted names are found. */
  private static final int NAMED = 10;

  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  /** As in {@code "Best" of "all" pipes}. */
  private static final Pattern QUOTED_WORD = Pattern.compile("(\"[^\"]+\"[^\"]+)+");

  private static final Pattern BLANK_QUOTED = Pattern.compile("\\S \"[^\"]+\"|\"[^\"]+\" \\S");

  private static final Pattern LINE_QUOTE = Pattern.compile("(?m)^'");

  private final CsvOptions options;
  private final Collection<String> wanted;
  private final String text;
  private final long lineCount;
  private final Map<String, CellKind> kinds = new HashMap<>();

  /**
   * @param wanted names that the stream asks for
   * @param text that the rows are made of
   */
  CsvScores(CsvOptions options, Collection<String> wanted, String text) {
    this.options = options;
    this.wanted = wanted;
    this.text = text;
    this.lineCount = text.lines().count();
  }

  /**
   * Regularity of rows times likeness of cells; broken records count against it. What is quick to
   * tell comes first.
   *
   * @param best of another dialect: where this one cannot reach it, no more is looked at
   * @return 0 there
   */
  double of(CsvDialect dialect, CsvSample rows, double best) {
    if (rows.rows().isEmpty()) {
      return 0;
    }
    double all = rows.rows().size() + rows.broken().size();
    double score = regularity(rows) * lines(dialect, rows);
    score *= Math.pow(rows.rows().size() / all, 2);
    if (score * MOST_WEIGHT * NAMED < best) {
      return 0;
    }
    score *= quoteWeight(dialect, rows);
    if (score * MOST_WEIGHT * NAMED < best) {
      return 0;
    }
    score *= delimiterWeight(dialect.delimiter(), rows);
    if (score * NAMED < best) {
      return 0;
    }
    score *= isNamed(dialect, rows) ? NAMED : 1;
    return score < best ? 0 : score * cells(rows);
  }

  /**
   * Whether there is no need to read the rows: the delimiter is nowhere, and lines that nothing
   * cuts cannot reach the best of the other dialects.
   */
  boolean isHopeless(CsvDialect dialect, double best) {
    return !dialect.isAligned()
        && dialect.newLine().isEmpty()
        && !text.contains(dialect.delimiter())
        && lineCount * UNCUT * MOST_WEIGHT * NAMED < best;
  }

  private boolean isNamed(CsvDialect dialect, CsvSample rows) {
    return !wanted.isEmpty()
        && CsvHeader.find(new CsvMendedHeader(rows, dialect).mended(), wanted).isPresent();
  }

  /** Many rows, wide ones, and most of one width: a few ragged ones weigh little. */
  private static double regularity(CsvSample rows) {
    double patterns = 0;
    double alike = 0;
    for (Map.Entry<Integer, Integer> entry : rows.widths().entrySet()) {
      double width = Math.max(UNCUT, entry.getKey() - 1);
      patterns += entry.getValue() * width / entry.getKey();
      alike += Math.pow(entry.getValue() / (double) rows.rows().size(), 2);
    }
    return patterns * alike;
  }

  /**
   * Of a sound record: where texts of many lines are in quotes, each of their lines would be a row
   * without these, and there would be more of them.
   */
  private static double lines(CsvDialect dialect, CsvSample rows) {
    int width = rows.width();
    int alike = rows.widths().getOrDefault(width, 0);
    boolean sound =
        dialect.quote().equals("\"")
            && CsvDialects.COMMON.contains(dialect.delimiter())
            && width > 1
            && rows.broken().isEmpty()
            && alike >= rows.rows().size() * MOST_ALIKE;
    return sound ? rows.rows().stream().mapToLong(CsvSample.Row::lines).average().orElse(1) : 1;
  }

  /** Words have blanks and times have colons, so what is unusual must cut well to be believed. */
  private double delimiterWeight(String delimiter, CsvSample rows) {
    if (CsvDialects.COMMON.contains(delimiter) || options.delimiter().isPresent()) {
      return !delimiter.equals("\t") && isTabbed(rows) ? 0.3 : 1;
    }
    boolean likeText = " :".contains(delimiter) || delimiter.equals(CsvDialect.BLANKS);
    if (delimiter.length() > 1 && !likeText) {
      String first = delimiter.substring(0, 1);
      long within = delimiter.chars().filter(c -> c == first.charAt(0)).count();
      return count(first) == count(delimiter) * within ? 1.5 : 0.8;
    }
    if (!delimiter.isBlank() && !delimiter.equals(CsvDialect.BLANKS) && isBlankQuoted(rows)) {
      return 0.001;
    }
    int width = rows.width();
    if (delimiter.equals(CsvDialect.BLANKS)
        && rows.widths().getOrDefault(width, 0) < rows.rows().size() * MOST) {
      return 0.001;
    }
    if (delimiter.equals(" ") && hasNothing(rows)) {
      return 0.001;
    }
    boolean single = rows.rows().size() < 2;
    if (likeText && isSeldom(rows)) {
      return 0.3;
    }
    if (width > 2) {
      return likeText && single ? 0.01 : 0.7;
    }
    boolean pairs = !likeText || (!delimiter.equals(":") && isPairs(rows));
    return width == 2 && pairs && !single ? 0.5 : 0.001;
  }

  /** Two rows of one width beside others: two lines may well have as many words. */
  private static boolean isSeldom(CsvSample rows) {
    return rows.rows().size() > 2 && rows.widths().getOrDefault(rows.width(), 0) <= 2;
  }

  /** The first row and nearly each other one have the same number of tabs within their cells. */
  private static boolean isTabbed(CsvSample rows) {
    List<Long> tabs =
        rows.rows().stream()
            .map(row -> row.cells().stream().mapToLong(CsvScores::tabsWithin).sum())
            .toList();
    long alike = tabs.stream().filter(tabs.get(0)::equals).count();
    return tabs.get(0) > 0 && tabs.size() > 1 && alike >= tabs.size() * MOST_ALIKE;
  }

  private static long tabsWithin(String cell) {
    return cell.strip().chars().filter(c -> c == '\t').count();
  }

  /** Nearly each row has, between blanks, a text in quotes, as a web server's log. */
  private static boolean isBlankQuoted(CsvSample rows) {
    long quoted =
        rows.rows().stream()
            .filter(row -> row.cells().stream().anyMatch(c -> BLANK_QUOTED.matcher(c).find()))
            .count();
    return quoted > FEW && quoted >= rows.rows().size() * 0.9;
  }

  /** A column without a name or a value: its blanks only align the others. */
  private static boolean hasNothing(CsvSample rows) {
    int width = rows.width();
    List<List<String>> full =
        rows.rows().stream()
            .map(CsvSample.Row::cells)
            .filter(cells -> cells.size() == width)
            .toList();
    return full.size() > 1
        && IntStream.range(0, width)
            .anyMatch(column -> full.stream().allMatch(cells -> cells.get(column).isBlank()));
  }

  /** Two numbers a row, some with a fraction: no words, no timestamps, no {@code 12 345}. */
  private static boolean isPairs(CsvSample rows) {
    List<List<String>> pairs =
        rows.rows().stream().map(CsvSample.Row::cells).filter(cells -> cells.size() == 2).toList();
    long numbers =
        pairs.stream()
            .filter(cells -> cells.stream().allMatch(cell -> NUMBER.matcher(cell).matches()))
            .count();
    boolean fraction =
        pairs.stream().flatMap(List::stream).anyMatch(cell -> cell.matches("-?\\d+\\.\\d+.*"));
    return numbers > FEW
        && numbers >= (pairs.size() - 1) * 0.9
        && fraction
        && pairs.stream().anyMatch(cells -> !cells.get(1).matches("\\d{3}([.,]\\d+)?"));
  }

  private long count(String sign) {
    return Pattern.compile(sign, Pattern.LITERAL).matcher(text).results().count();
  }

  /** No quotes at all are rare; an apostrophe is one only at the fields' edges. */
  private double quoteWeight(CsvDialect dialect, CsvSample rows) {
    if (dialect.quote().equals("\"") || options.quote().isPresent()) {
      return 1;
    }
    if (dialect.quote().isEmpty()) {
      return (hasLiteralQuotes(rows) ? 1 : 0.3) * (1 - wrapped(rows));
    }
    boolean opens = text.contains(dialect.delimiter() + "'") || LINE_QUOTE.matcher(text).find();
    return opens && text.contains("'" + dialect.delimiter()) ? 1.01 : 0.5;
  }

  /** Cells that begin with a word in quotes, and none that is in quotes from end to end. */
  private static boolean hasLiteralQuotes(CsvSample rows) {
    int literal = 0;
    for (CsvSample.Row row : rows.rows()) {
      for (String cell : row.cells()) {
        if (cell.startsWith("\"")) {
          if (!QUOTED_WORD.matcher(cell).matches()) {
            return false;
          }
          literal++;
        }
      }
    }
    return literal >= FEW;
  }

  /**
   * The share of the rows that are cut which are in quotes from end to end: those are no part of
   * their values.
   */
  private static double wrapped(CsvSample rows) {
    List<List<String>> cut =
        rows.rows().stream().map(CsvSample.Row::cells).filter(cells -> cells.size() > 1).toList();
    long wrapped =
        cut.stream()
            .filter(
                cells ->
                    isHalfQuoted(cells.get(0), true)
                        && isHalfQuoted(cells.get(cells.size() - 1), false))
            .count();
    return wrapped / (double) Math.max(1, cut.size());
  }

  private static boolean isHalfQuoted(String cell, boolean begins) {
    boolean opens = cell.startsWith("\"");
    return opens == begins && (cell.length() == 1 || opens != cell.endsWith("\""));
  }

  private double cells(CsvSample rows) {
    double likely = 0;
    long all = 0;
    for (CsvSample.Row row : rows.rows()) {
      for (String cell : row.cells()) {
        CellKind kind = kinds.computeIfAbsent(cell, CellKind::of);
        likely += kind == CellKind.ODD ? 0 : kind == CellKind.EMPTY ? 0.5 : 1;
        all++;
      }
    }
    return (likely + 0.001) / (all + 0.001);
  }
}
