package dev.odyssey.transform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * Chooses among the dialects that a file may be written in: the one whose rows are the most regular
 * and whose cells look the most like cells (after van den Burg, Nazabal and Sutton, "Wrangling
 * messy CSV files by detecting row and type patterns", 2019).
 */
final class CsvDialects {
  private static final int SCORED = 1 << 15;
  private static final List<String> COMMON = List.of(",", ";", "\t", "|");
  private static final int FEW = 3;

  /** Of the rows of a table of blanks: prose has lines of any number of words. */
  private static final double MOST = 0.6;

  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  private static final Pattern RUN = Pattern.compile("(?m)  | \t|^ ");

  /** As in {@code "Best" of "all" pipes}. */
  private static final Pattern QUOTED_WORD = Pattern.compile("(\"[^\"]+\"[^\"]+)+");

  private final CsvOptions options;
  private final Collection<String> wanted;
  private final long skip;
  private final byte[] scored;
  private final boolean scoredWhole;
  private final String text;
  private final Map<String, CellKind> kinds = new HashMap<>();

  /**
   * @param skip physical lines at the sample's beginning that are not read
   */
  CsvDialects(
      CsvOptions options, Collection<String> wanted, long skip, byte[] sample, boolean whole) {
    this.options = options;
    this.wanted = wanted;
    this.skip = skip;
    int from = skip == 0 ? CsvNotes.before(sample) : 0;
    int to = Math.min(sample.length, from + SCORED);
    this.scored = Arrays.copyOfRange(sample, from, to);
    this.scoredWhole = whole && to == sample.length;
    this.text = new String(scored, StandardCharsets.UTF_8);
  }

  CsvDialect best() throws IOException {
    CsvDialect best = null;
    double bestScore = -1;
    for (CsvDialect dialect : candidates()) {
      double score = score(dialect);
      if (score > bestScore) {
        best = dialect;
        bestScore = score;
      }
    }
    return best.withTrim(options.trim().orElse(false));
  }

  /** In the order of likelihood: of equals the first wins. */
  private List<CsvDialect> candidates() throws IOException {
    List<CsvDialect> candidates = new ArrayList<>();
    List<String> delimiters =
        options.delimiter().isPresent() ? List.of(options.delimiter().get()) : delimiters();
    for (String quote : options.quote().map(List::of).orElseGet(this::quotes)) {
      for (String escape : options.escape(quote).map(List::of).orElseGet(() -> escapes(quote))) {
        for (String delimiter : delimiters) {
          if (!delimiter.equals(quote)) {
            candidates.add(
                new CsvDialect(
                    delimiter, quote, escape, options.comment(), options.newLine(), false));
          }
        }
      }
    }
    return candidates;
  }

  /** Any sign that stands in at least half of the lines, alone or as a run such as {@code ||}. */
  private List<String> delimiters() throws IOException {
    Map<String, Integer> lines = new TreeMap<>();
    List<String> all = text.lines().filter(line -> !line.isBlank()).limit(500).toList();
    for (String line : all) {
      signs(line).forEach(sign -> lines.merge(sign, 1, Integer::sum));
    }
    List<String> delimiters = new ArrayList<>(COMMON);
    lines.entrySet().stream()
        .filter(entry -> entry.getValue() * 2 >= all.size())
        .map(Map.Entry::getKey)
        .filter(sign -> !COMMON.contains(sign))
        .forEach(delimiters::add);
    if (delimiters.contains(" ") && lines.getOrDefault("\t", 0) * 2 < all.size() && isAligned()) {
      delimiters.add(CsvDialect.BLANKS);
    }
    return delimiters;
  }

  /**
   * Runs of blanks; but where each row has the first one's width, two have an empty field between.
   */
  private boolean isAligned() throws IOException {
    if (!RUN.matcher(text).find()) {
      return false;
    }
    CsvDialect single =
        new CsvDialect(" ", "\"", "\"", options.comment(), options.newLine(), false);
    CsvSample rows = CsvSample.of(scored, single, skip, scoredWhole);
    return rows.widths().size() > 1
        || rows.rows().stream().limit(1).anyMatch(row -> row.filled() < row.cells().size());
  }

  private static List<String> signs(String line) {
    List<String> signs = new ArrayList<>();
    for (int i = 0; i < line.length(); i++) {
      int end = i;
      while (end < line.length() && end - i < 4 && isSign(line.charAt(end))) {
        end++;
      }
      for (int to = i + 1; to <= end; to++) {
        String sign = line.substring(i, to);
        if (!signs.contains(sign) && (to == i + 1 || mayBeRun(sign))) {
          signs.add(sign);
        }
      }
    }
    return signs;
  }

  /** Such as {@code ||} or {@code |~|}; but {@code ,-} is a comma and a value. */
  private static boolean mayBeRun(String sign) {
    boolean framed = sign.length() > 2 && sign.charAt(0) == sign.charAt(sign.length() - 1);
    boolean repeated = sign.chars().allMatch(c -> c == sign.charAt(0));
    boolean likely = repeated ? sign.equals("||") || sign.equals("\t\t") : framed;
    return !sign.contains(" ") && (likely || COMMON.stream().noneMatch(sign::contains));
  }

  private static boolean isSign(char c) {
    return !Character.isLetterOrDigit(c)
        && "\"'\\.-_/()\r\n".indexOf(c) < 0
        && !Character.isSurrogate(c)
        && c != 0;
  }

  private List<String> quotes() {
    return text.contains("'") ? List.of("\"", "'", "") : List.of("\"", "");
  }

  /**
   * A backslash before a quote that does not end a field is there to escape it; before a delimiter
   * it may be.
   */
  private List<String> escapes(String quote) {
    boolean beforeDelimiter = COMMON.stream().anyMatch(sign -> text.contains("\\" + sign));
    if (quote.isEmpty() || !(beforeDelimiter || text.contains("\\" + quote))) {
      return List.of(quote);
    }
    boolean within =
        Pattern.compile("\\\\" + Pattern.quote(quote) + "[^,;\t|\r\n]").matcher(text).find();
    return within ? List.of("\\", quote) : List.of(quote, "\\");
  }

  /** Regularity of rows times likeness of cells; broken records count against it. */
  private double score(CsvDialect dialect) throws IOException {
    CsvSample rows = CsvSample.of(scored, dialect, skip, scoredWhole);
    if (rows.rows().isEmpty()) {
      return 0;
    }
    double sound = rows.rows().size() / (double) (rows.rows().size() + rows.broken().size());
    return regularity(rows)
        * cells(rows)
        * Math.pow(sound, 2)
        * delimiterWeight(dialect.delimiter(), rows)
        * quoteWeight(dialect, rows)
        * (CsvHeader.find(rows.withMendedHeader(dialect), wanted).isPresent() ? 10 : 1);
  }

  /** Many rows, wide ones, and most of one width: a few ragged ones weigh little. */
  private static double regularity(CsvSample rows) {
    double patterns = 0;
    double alike = 0;
    for (Map.Entry<Integer, Integer> entry : rows.widths().entrySet()) {
      double width = Math.max(0.001, entry.getKey() - 1);
      patterns += entry.getValue() * width / entry.getKey();
      alike += Math.pow(entry.getValue() / (double) rows.rows().size(), 2);
    }
    return patterns * alike;
  }

  /** Words have blanks and times have colons, so what is unusual must cut well to be believed. */
  private double delimiterWeight(String delimiter, CsvSample rows) {
    if (COMMON.contains(delimiter) || options.delimiter().isPresent()) {
      return 1;
    }
    boolean likeText = " :".contains(delimiter) || delimiter.equals(CsvDialect.BLANKS);
    if (delimiter.length() > 1 && !likeText) {
      String first = delimiter.substring(0, 1);
      long within = delimiter.chars().filter(c -> c == first.charAt(0)).count();
      return count(first) == count(delimiter) * within ? 1.5 : 0.8;
    }
    int width = rows.width();
    if (delimiter.equals(CsvDialect.BLANKS)
        && rows.widths().getOrDefault(width, 0) < rows.rows().size() * MOST) {
      return 0.001;
    }
    boolean single = rows.rows().size() < 2;
    if (width > 2) {
      return likeText && single ? 0.01 : 0.7;
    }
    boolean pairs = !likeText || (!delimiter.equals(":") && isPairs(rows));
    return width == 2 && pairs && !single ? 0.5 : 0.001;
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
        && numbers >= pairs.size() * 0.9
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
    boolean opens = text.contains(dialect.delimiter() + "'") || text.startsWith("'");
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
