package dev.odyssey.transform.excel;

import dev.odyssey.transform.excel.SheetTable.Cell;
import dev.odyssey.transform.excel.SheetTable.Row;
import dev.odyssey.transform.text.Names;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Finds the header of the table in a sheet, below titles and remarks, by its first rows. */
final class SheetHeader {
  /** There is none: every row is data. */
  static final int NONE = -1;

  private final List<Row> rows;

  private SheetHeader(List<Row> rows) {
    this.rows = rows;
  }

  /**
   * The row with most of the wanted names, else the one that the rows' shape tells.
   *
   * @return an index into the rows, or {@link #NONE}
   */
  static int find(List<Row> rows, Collection<String> wanted) {
    int best = NONE;
    long bestMatches = 0;
    for (int i = 0; i < rows.size(); i++) {
      List<String> names = rows.get(i).cells().values().stream().map(Cell::text).toList();
      long matches = Names.matching(names, wanted);
      if (matches > bestMatches) {
        best = i;
        bestMatches = matches;
      }
    }
    return best >= 0 ? best : new SheetHeader(rows).byShape();
  }

  /**
   * The header's cells. Where cells are merged over it and the row right above, this one has the
   * name: so it does where it has one for each column without that is filled as a rule, beside the
   * names of groups.
   */
  static Map<Integer, Cell> names(List<Row> rows, int header) {
    Map<Integer, Cell> own = rows.get(header).cells();
    Row above = header == 0 ? null : rows.get(header - 1);
    if (above == null
        || above.number() + 1 != rows.get(header).number()
        || !above.cells().values().stream().allMatch(SheetHeader::isName)
        || Collections.disjoint(above.cells().keySet(), own.keySet())) {
      return own;
    }
    Set<Integer> nameless = filledAsARule(rows.subList(header + 1, rows.size()));
    nameless.removeAll(own.keySet());
    if (!above.cells().keySet().containsAll(nameless)) {
      return own;
    }
    Map<Integer, Cell> names = new TreeMap<>(own);
    nameless.forEach(at -> names.put(at, above.cells().get(at)));
    return names;
  }

  private static Set<Integer> filledAsARule(List<Row> rows) {
    Map<Integer, Long> filled =
        rows.stream()
            .flatMap(row -> row.cells().keySet().stream())
            .collect(Collectors.groupingBy(at -> at, TreeMap::new, Collectors.counting()));
    filled.values().removeIf(count -> count * 2 <= rows.size());
    return filled.keySet();
  }

  /** Whether texts alone stand between the header and columns of numbers and dates. */
  static boolean isFollowedByNames(List<Row> rows, int header) {
    if (rows.size() < header + 4) {
      return false;
    }
    Map<Integer, Cell> second = rows.get(header + 1).cells();
    SheetHeader below = new SheetHeader(rows.subList(header + 2, rows.size()));
    long overValues = second.keySet().stream().filter(below::hasValuesAsARule).count();
    return second.values().stream().allMatch(Cell::isText)
        && (overValues >= 2 || (overValues == 1 && second.size() == 1));
  }

  private boolean hasValuesAsARule(int column) {
    return rows.stream().filter(row -> isValue(row.cells().get(column))).count() * 2 > rows.size();
  }

  private static boolean isValue(Cell cell) {
    return cell != null && !cell.isText();
  }

  /** Titles and remarks fill a cell or two; a header is all names. */
  private int byShape() {
    int width = rows.stream().mapToInt(row -> row.cells().size()).max().orElse(0);
    for (int i = 0; i < rows.size(); i++) {
      if (rows.get(i).cells().size() * 4 >= width * 3 || hasEmptyCorner(i)) {
        return hasNames(i) ? belowGroups(widestFrom(i)) : besideNotes(i);
      }
    }
    return NONE;
  }

  /**
   * Whether it lacks the first columns of the row right below it alone, as an index has no name.
   */
  private boolean hasEmptyCorner(int i) {
    if (i + 1 == rows.size() || rows.get(i + 1).number() != rows.get(i).number() + 1) {
      return false;
    }
    NavigableSet<Integer> named = rows.get(i).cells().navigableKeySet();
    NavigableSet<Integer> below = rows.get(i + 1).cells().navigableKeySet();
    boolean some = named.size() >= 2 && below.size() < named.size() * 2;
    return !named.isEmpty()
        && below.size() > named.size()
        && below.tailSet(named.first(), true).equals(named)
        && (some || (below.size() == 2 && headsValues(i, named)));
  }

  /**
   * Remarks above the table may be nearly as wide as its header is: of the rows of names alone that
   * lead to the first with a value, the widest. Where that row's values are no rule below, a table
   * of texts has a number now and then.
   */
  private int widestFrom(int start) {
    int end = start;
    while (end < rows.size() && hasNames(end)) {
      end++;
    }
    if (end == rows.size() || !isRule(end)) {
      return start;
    }
    int widest = start;
    for (int i = start; i < end; i++) {
      widest = rows.get(i).cells().size() > rows.get(widest).cells().size() ? i : widest;
    }
    return widest;
  }

  /** The row below has the names of groups' columns where the others are merged with it. */
  private int belowGroups(int i) {
    if (!isFollowedByNames(rows, i)) {
      return i;
    }
    Set<Integer> above = rows.get(i).cells().keySet();
    Set<Integer> below = rows.get(i + 1).cells().keySet();
    Set<Integer> named = new TreeSet<>(above);
    named.addAll(below);
    return !below.containsAll(above)
            && !above.containsAll(below)
            && named.containsAll(filledAsARule(rows.subList(i + 2, rows.size())))
        ? i + 1
        : i;
  }

  /** Whether most rows from this one on have a value wherever it has one. */
  private boolean isRule(int first) {
    List<Row> data = rows.subList(first, rows.size());
    return data.get(0).cells().entrySet().stream()
        .filter(cell -> !cell.getValue().isText())
        .anyMatch(
            cell -> {
              long values =
                  data.stream()
                      .map(row -> row.cells().get(cell.getKey()))
                      .filter(other -> other != null && !other.isText())
                      .count();
              return values * 2 > data.size(); // notes may follow the table
            });
  }

  /**
   * Remarks beside the table make a few of its rows wider than its header is: of the rows of names
   * above the first of these, the last that heads the columns which most rows fill. The corner of a
   * cross table may be empty.
   */
  private int besideNotes(int wide) {
    Set<Integer> columns = filledAsARule(rows);
    if (columns.size() >= 2 && headsValues(wide, columns)) {
      return wide; // with remarks of its own
    }
    for (int i = wide - 1; i >= 0 && columns.size() >= 2; i--) {
      Set<Integer> named = rows.get(i).cells().keySet();
      long headed = columns.stream().filter(named::contains).count();
      boolean corner =
          columns.size() >= 3
              && headed == columns.size() - 1
              && !named.contains(columns.iterator().next());
      if ((headed * 4 >= columns.size() * 3L || corner) && hasNames(i)) {
        return i;
      }
    }
    return NONE;
  }

  /** Whether the row has names for these columns, of which one has values below as a rule. */
  private boolean headsValues(int i, Set<Integer> columns) {
    Map<Integer, Cell> head = rows.get(i).cells();
    SheetHeader below = new SheetHeader(rows.subList(i + 1, rows.size()));
    return columns.stream().allMatch(at -> head.containsKey(at) && isName(head.get(at)))
        && columns.stream().anyMatch(below::hasValuesAsARule);
  }

  private boolean hasNames(int i) {
    Row below = i + 1 < rows.size() ? rows.get(i + 1) : null;
    return rows.get(i).cells().entrySet().stream()
        .allMatch(cell -> isName(cell.getValue()) || isDayOver(cell, below));
  }

  /** Years are the only numbers that head columns. */
  private static boolean isName(Cell cell) {
    return cell.isText() || cell.text().matches("(19|20)\\d\\d");
  }

  /** Months and days head columns too: then what is below is no date. */
  private static boolean isDayOver(Map.Entry<Integer, Cell> head, Row below) {
    Cell under = below == null ? null : below.cells().get(head.getKey());
    return isDay(head.getValue()) && under != null && !isDay(under);
  }

  private static boolean isDay(Cell cell) {
    return !cell.isText() && cell.text().matches("\\d{4}-\\d\\d-\\d\\d");
  }
}
