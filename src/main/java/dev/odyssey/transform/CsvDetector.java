package dev.odyssey.transform;

import dev.odyssey.failure.PermanentFailure;
import java.io.IOException;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Decides a CSV file's dialect from its config and beginning.
 *
 * <p>Not the engine's sniffer: that takes the quote for absent when the sample has none, and falls
 * back to one column when a few rows are broken. Here the quote is always on, unless told off.
 */
final class CsvDetector {
  private static final int SAMPLE = 1 << 18;
  private static final List<String> DELIMITERS = List.of(",", ";", "\t", "|");
  private static final Pattern VALUE =
      Pattern.compile("[-+]?[\\d.,]*\\d[\\d.,]*%?|\\d{1,4}[-/.]\\d{1,2}[-/.]\\d{1,4}.*");

  private final SourceOptions options;
  private final Collection<String> wanted;
  private final String quote;
  private final String escape;
  private final String comment;
  private final int skip;

  /**
   * @param wanted the column names that mappings ask for: a first row that has one is a header
   */
  CsvDetector(SourceOptions options, Collection<String> wanted) {
    this.options = options;
    this.wanted = wanted;
    this.quote = oneByteOrNone("quote", "\"");
    this.escape = oneByteOrNone("escape", quote);
    this.comment = oneByteOrNone("comment", "");
    this.skip = options.count("skip", "skipRows").orElse(0);
  }

  CsvDialect detect(Path file) throws IOException {
    String head = head(file);
    boolean whole = head.length() < SAMPLE;
    String newLine = head.indexOf('\n') < 0 && head.indexOf('\r') >= 0 ? "\\r" : "";
    String text = withoutSkipped(head);
    String delimiter = delimiter(text, whole);
    List<List<String>> records =
        CsvSample.records(text, delimiter, quote, escape, whole || !text.contains("\n"));
    if (records.isEmpty()) {
      throw new PermanentFailure(
          "Stream %s: the source file has no rows.".formatted(Names.shown(options.stream())),
          "Upload a file with data, then redrive the job.");
    }
    boolean header = options.flag("header", "hasHeader").orElseGet(() -> looksLikeHeader(records));
    return new CsvDialect(
        delimiter, quote, escape, comment, skip, header, newLine, columns(records, header));
  }

  private String delimiter(String text, boolean whole) {
    return options
        .text("delimiter", "delim", "sep", "separator")
        .filter(told -> !told.isEmpty() && !told.equals("auto"))
        .map(told -> told.equals("\\t") || told.equals("tab") ? "\t" : told)
        .orElseGet(() -> mostRegular(text, whole));
  }

  /** The one that cuts most rows into the same number of fields, and into more than one. */
  private String mostRegular(String text, boolean whole) {
    String best = DELIMITERS.get(0);
    double bestScore = 0;
    for (String delimiter : DELIMITERS) {
      List<List<String>> records = CsvSample.records(text, delimiter, quote, escape, whole);
      int width = commonWidth(records);
      long regular = records.stream().filter(record -> record.size() == width).count();
      double share = (double) regular / Math.max(1, records.size());
      double score = width < 2 ? 0 : share * share * Math.min(width, 20);
      if (score > bestScore) {
        best = delimiter;
        bestScore = score;
      }
    }
    return best;
  }

  private static int commonWidth(List<List<String>> records) {
    return records.stream()
        .collect(Collectors.groupingBy(List::size, Collectors.counting()))
        .entrySet()
        .stream()
        .max(Map.Entry.<Integer, Long>comparingByValue().thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .orElse(0);
  }

  private boolean looksLikeHeader(List<List<String>> records) {
    List<String> first = records.get(0);
    if (wanted.stream().anyMatch(name -> Names.match(first, name).isPresent())) {
      return true;
    }
    return first.stream().noneMatch(cell -> VALUE.matcher(cell.strip()).matches());
  }

  /** Rows may be wider than the header, as when each ends with a delimiter. */
  private static List<String> columns(List<List<String>> records, boolean header) {
    List<String> names = new ArrayList<>();
    List<String> first = records.get(0);
    int width = Math.max(first.size(), commonWidth(records));
    for (int i = 0; i < width; i++) {
      String name = header && i < first.size() ? first.get(i).strip().replace("\0", "") : "";
      names.add(name.isEmpty() ? "column" + (i + 1) : name);
    }
    return Names.distinct(names);
  }

  private String withoutSkipped(String head) {
    String text = head;
    for (int i = 0; i < skip; i++) {
      text = text.substring(text.indexOf('\n') + 1);
    }
    return comment.isEmpty()
        ? text
        : text.replaceAll("(?m)^" + Pattern.quote(comment) + ".*(\\R|\\z)", "");
  }

  private static String head(Path file) throws IOException {
    char[] head = new char[SAMPLE];
    int length = 0;
    try (Reader reader = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (int read = 0; read >= 0 && length < SAMPLE; ) {
        read = reader.read(head, length, SAMPLE - length);
        length += Math.max(read, 0);
      }
    }
    String text = new String(head, 0, length);
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  private String oneByteOrNone(String name, String otherwise) {
    String told = options.text(name).orElse(otherwise);
    if (told.length() > 1 || (!told.isEmpty() && told.charAt(0) > 127)) {
      throw options.fault(
          name,
          com.fasterxml.jackson.databind.node.TextNode.valueOf(told),
          "must be one ASCII character");
    }
    return told;
  }
}
