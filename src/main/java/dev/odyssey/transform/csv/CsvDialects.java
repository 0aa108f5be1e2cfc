package dev.odyssey.transform.csv;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
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

  /** Delimiters of most files. */
  static final List<String> COMMON = List.of(",", ";", "\t", "|");

  /** As Excel is told to keep a text: {@code ="001"}. */
  private static final Pattern FORMULA = Pattern.compile("(?m)^=\"");

  /** That is no sign of a percentage, which ends a value. */
  private static final Pattern PERCENT_BETWEEN = Pattern.compile("%[^\\s,;|\"']");

  /** As in {@code |~}: of signs that no value begins with. */
  private static final Pattern BARS = Pattern.compile("[|~^]+");

  /** The sign in it cuts nothing. */
  private static final Pattern EXPONENT = Pattern.compile("(?<=\\d\\.?)[eE][-+](?=\\d)");

  /** Blanks that cut no field, at a line's edges or as several. */
  private static final Pattern RUN = Pattern.compile("(?m)  | \t|^ | $");

  /** Around texts, as the nutrient databases of the USDA have them. */
  private static final Pattern TILDES =
      Pattern.compile("\\A~[^~\r\n]*~([\\^,;|\t])[^\r\n]*[\r\n]+~[^~\r\n]*~\\1");

  /** Columns that blanks align. */
  private static final Pattern GAP = Pattern.compile("\\S {2,}\\S");

  private static final double NEARLY_ALL = 0.9;

  private final CsvOptions options;
  private final long skip;
  private final byte[] scored;
  private final boolean scoredWhole;
  private final String text;
  private final CsvScores scores;

  /**
   * @param skip physical lines at the sample's beginning that are not read
   */
  CsvDialects(
      CsvOptions options, Collection<String> wanted, long skip, byte[] sample, boolean whole) {
    this.options = options;
    this.skip = skip;
    int from = skip == 0 ? CsvNotes.before(sample) : 0;
    int to = Math.min(sample.length, from + SCORED);
    this.scored = Arrays.copyOfRange(sample, from, to);
    this.scoredWhole = whole && to == sample.length;
    this.text = new String(scored, StandardCharsets.UTF_8);
    this.scores = new CsvScores(options, wanted, text);
  }

  CsvDialect best() throws IOException {
    CsvDialect best = null;
    double bestScore = -1;
    for (CsvDialect dialect : candidates()) {
      double score =
          scores.isHopeless(dialect, bestScore)
              ? 0
              : scores.of(dialect, sample(dialect), bestScore);
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
          if (quote.isEmpty() || !delimiter.contains(quote)) {
            candidates.add(
                new CsvDialect(
                    delimiter, quote, escape, options.comment(), options.newLine(), false));
          }
        }
      }
    }
    return candidates;
  }

  /**
   * Any sign that stands in at least half of the lines, alone or as a run such as {@code ||}; not
   * what is told to end them.
   */
  private List<String> delimiters() throws IOException {
    Map<String, Integer> lines = new TreeMap<>();
    List<String> all = text.lines().filter(CsvDialects::mayBeRow).limit(500).toList();
    for (String line : all) {
      signs(EXPONENT.matcher(line).replaceAll("e"))
          .forEach(sign -> lines.merge(sign, 1, Integer::sum));
    }
    List<String> delimiters = new ArrayList<>(COMMON);
    lines.entrySet().stream()
        .filter(entry -> entry.getValue() * 2 >= all.size())
        .map(Map.Entry::getKey)
        .filter(sign -> !COMMON.contains(sign))
        .filter(sign -> !(sign.equals("=") && FORMULA.matcher(text).find()))
        .filter(sign -> !sign.equals("%") || PERCENT_BETWEEN.matcher(text).find())
        .forEach(delimiters::add);
    String end = options.newLine();
    delimiters.removeIf(sign -> !end.isEmpty() && (sign.contains(end) || end.contains(sign)));
    boolean tabs = lines.getOrDefault("\t", 0) * 2 >= all.size();
    if (delimiters.contains(" ") && (!tabs || haveGaps(all)) && isAligned()) {
      delimiters.add(CsvDialect.BLANKS);
    }
    return delimiters;
  }

  /** Also among tabs: a text behind numbers, as in UCI's auto-mpg. */
  private static boolean haveGaps(List<String> lines) {
    long gaps = lines.stream().filter(line -> GAP.matcher(line).find()).count();
    return gaps >= lines.size() * NEARLY_ALL;
  }

  private static boolean mayBeRow(String line) {
    return !line.chars().allMatch(c -> Character.isWhitespace(c) || CsvRecords.isFrame(c));
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
    CsvSample rows = sample(single);
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

  /** Such as {@code ||}, {@code |~|} or {@code [|]}; but {@code ,-} is a comma and a value. */
  private static boolean mayBeRun(String sign) {
    char last = sign.charAt(sign.length() - 1);
    int opening = "[{<".indexOf(sign.charAt(0));
    boolean framed =
        sign.length() > 2
            && (sign.charAt(0) == last || (opening >= 0 && "]}>".indexOf(last) == opening));
    boolean repeated = sign.chars().allMatch(c -> c == sign.charAt(0));
    boolean likely = repeated ? sign.equals("||") || sign.equals("\t\t") : framed;
    return !sign.contains(" ")
        && (likely || BARS.matcher(sign).matches() || COMMON.stream().noneMatch(sign::contains));
  }

  private static boolean isSign(char c) {
    return !Character.isLetterOrDigit(c)
        && "\"'\\.-_/()\r\n".indexOf(c) < 0
        && !Character.isSurrogate(c)
        && c != 0;
  }

  private List<String> quotes() {
    if (TILDES.matcher(text).find()) {
      return List.of("~");
    }
    return text.contains("'") ? List.of("\"", "'", "") : List.of("\"", "");
  }

  /**
   * A backslash before a quote that does not end a field is there to escape it; before a delimiter
   * it may be. Where quotes are doubled it is a sign of its own, as in documents of JSON.
   */
  private List<String> escapes(String quote) {
    boolean beforeDelimiter = COMMON.stream().anyMatch(sign -> text.contains("\\" + sign));
    if (quote.isEmpty() || !(beforeDelimiter || text.contains("\\" + quote))) {
      return List.of(quote);
    }
    boolean escaping = finds("\\\\Q[^,;\t|\r\n]", quote);
    boolean doubled =
        finds("\\\\QQ(QQ|[^Q,;\t|\r\n]|Q([,;\t|\r\n]|$))", quote)
            || finds("[^\\\\Q,;\t|\r\n]QQ[^Q,;\t|\r\n]", quote);
    return escaping && !doubled ? List.of("\\", quote) : List.of(quote, "\\");
  }

  /**
   * @param pattern with Q for the quote
   */
  private boolean finds(String pattern, String quote) {
    String sign = "\\x%02x".formatted((int) quote.charAt(0));
    return Pattern.compile(pattern.replace("Q", sign)).matcher(text).find();
  }

  private CsvSample sample(CsvDialect dialect) throws IOException {
    return CsvSample.of(scored, dialect, skip, scoredWhole);
  }
}
