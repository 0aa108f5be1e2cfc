package dev.odyssey.transform.csv;

import dev.odyssey.transform.Job;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import java.util.stream.Collectors;

/** A clean table and an independent writer of it, for files that are then polluted. */
record CsvTable(List<String> header, List<List<String>> rows) {
  private static final List<String> PRODUCTS =
      List.of(
          "Chair, oak", "5\" pipe", "Stuhl \"Tom\"", "Café table", "東京 lamp", "Plain", "it's red");

  /** Nine columns of mixed kinds; a null is a missing value. */
  static CsvTable sales(int count, long seed) {
    Random random = new Random(seed);
    List<List<String>> rows = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      rows.add(
          java.util.Arrays.asList(
              "2024-%02d-%02d".formatted(1 + random.nextInt(12), 1 + random.nextInt(28)),
              "%02d:%02d".formatted(random.nextInt(24), random.nextInt(60)),
              String.valueOf(random.nextInt(100)),
              "P%06d".formatted(i),
              "%d.%02d".formatted(random.nextInt(1000), random.nextInt(100)),
              random.nextBoolean() ? "goods" : "service",
              PRODUCTS.get(random.nextInt(PRODUCTS.size())),
              "https://shop.example/p/" + i + "?q=1",
              random.nextInt(4) == 0 ? null : "note " + random.nextInt(50)));
    }
    return new CsvTable(
        List.of("DATE", "TIME", "Qty", "ProductId", "Price", "Kind", "Product", "URL", "Comments"),
        rows);
  }

  CsvTable first(int count) {
    return new CsvTable(header, rows.subList(0, count));
  }

  /** What {@link Job#rows} shows of it. */
  List<String> shown() {
    return rows.stream().map(CsvTable::shown).toList();
  }

  static String shown(List<String> row) {
    return row.stream().map(cell -> cell == null ? "~" : cell).collect(Collectors.joining("|"));
  }

  String write(Style style) {
    return style.line(header) + style.lines(rows);
  }

  /** How the writer writes. */
  record Style(String delimiter, String quote, String escape, String newLine, boolean quoteAll) {
    static final Style RFC = new Style(",", "\"", "\"", "\r\n", false);

    Style delimiter(String other) {
      return new Style(other, quote, escape, newLine, quoteAll);
    }

    Style quote(String other) {
      return new Style(delimiter, other, other, newLine, quoteAll);
    }

    Style escape(String other) {
      return new Style(delimiter, quote, other, newLine, quoteAll);
    }

    Style newLine(String other) {
      return new Style(delimiter, quote, escape, other, quoteAll);
    }

    Style all() {
      return new Style(delimiter, quote, escape, newLine, true);
    }

    String lines(List<List<String>> rows) {
      return rows.stream().map(this::line).collect(Collectors.joining());
    }

    String line(List<String> cells) {
      return record(cells, this::cell) + newLine;
    }

    String record(List<String> cells, Function<String, String> cell) {
      return cells.stream().map(cell).collect(Collectors.joining(delimiter));
    }

    String cell(String value) {
      if (value == null) {
        return "";
      }
      boolean needs =
          quoteAll
              || value.isEmpty()
              || value.contains(delimiter)
              || value.contains(quote)
              || (!escape.isEmpty() && value.contains(escape))
              || value.contains(newLine)
              || !value.equals(value.strip())
              || value.contains("\n")
              || value.contains("\r");
      return needs ? quote + escaped(value) + quote : value;
    }

    private String escaped(String value) {
      String text = escape.equals("\\") ? value.replace("\\", "\\\\") : value;
      return text.replace(quote, escape + quote);
    }
  }
}
