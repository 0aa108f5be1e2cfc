package dev.odyssey.transform.csv;

import dev.odyssey.transform.text.Names;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The columns of a CSV file whose header is known. Immutable.
 *
 * @param wanted names that the stream asks for
 * @param rowNames with the rows of the sample
 * @param first row of the header
 * @param data the row after it; {@code first} where there is no header
 */
record CsvColumns(
    CsvOptions options, Collection<String> wanted, CsvRowNames rowNames, int first, int data) {
  private static final int MAX_NAME = 1_000;

  private List<CsvSample.Row> rows() {
    return rowNames.rows();
  }

  private int width() {
    return rowNames.width();
  }

  /** A name over several rows is their texts, with a blank between. */
  List<String> names() {
    List<String> told = options.columns();
    int shift = data - first == 1 && rowNames.areUnder(first) ? 1 : 0;
    List<String> names = new ArrayList<>();
    for (int place : places()) {
      String name = names.size() < told.size() ? told.get(names.size()) : name(place - shift);
      names.add(name.isEmpty() ? "column" + (place + 1) : name);
    }
    return Names.distinct(names);
  }

  /** Where in the header the columns' names stand; numbers alone where there is none. */
  private List<Integer> places() {
    int header = 0;
    for (CsvSample.Row row : rows().subList(first, data)) {
      header = Math.max(header, row.cells().size());
    }
    int told = options.columns().size();
    boolean onlyHeader = data >= rows().size();
    boolean trailing = header > 0 && header < width() && isEmptyFrom(header, rows(), width());
    int count = told > 0 ? told : onlyHeader || trailing ? header : Math.max(header, width());
    List<Integer> places = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    if (told == 0 && !onlyHeader && header > width()) {
      List<Integer> blank = places.stream().filter(p -> name(p).isEmpty()).toList();
      if (blank.size() == header - width()) {
        places.removeAll(blank);
      }
    }
    return places;
  }

  /** Fields after the last column that are empty in every row. */
  int trailing() {
    int columns = places().size();
    int more = width() - columns;
    return more > 0 && isEmptyFrom(columns, rows(), width()) ? more : 0;
  }

  /** True when each row of the usual width has nothing from there on. */
  static boolean isEmptyFrom(int column, List<CsvSample.Row> rows, int width) {
    return rows.stream()
        .filter(row -> row.cells().size() == width)
        .allMatch(row -> row.cells().subList(column, width).stream().allMatch(String::isBlank));
  }

  /**
   * @param column of the header's cells; -1, as any that they lack, has no name
   */
  private String name(int column) {
    List<String> parts = new ArrayList<>();
    for (CsvSample.Row row : rows().subList(first, data)) {
      String part =
          column >= 0 && column < row.cells().size() ? row.cells().get(column).strip() : "";
      if (!part.isEmpty() && !parts.contains(part)) {
        parts.add(part.replace("\0", ""));
      }
    }
    for (String part : parts) {
      if (wanted.contains(part)) {
        return part;
      }
    }
    String name = String.join(" ", parts);
    return name.length() > MAX_NAME ? name.substring(0, MAX_NAME) + "…" : name;
  }
}
