package dev.odyssey.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Lines up cells for people: cut to fit the width, East Asian characters counted as two, numbers to
 * the right. Immutable.
 *
 * @param heads one a column
 * @param rightAligned indexes of the columns that hold numbers
 * @param rows a null cell is shown as {@code ·}
 */
record TextTable(List<String> heads, Set<Integer> rightAligned, List<List<String>> rows) {
  private static final int MAX_CELL = 40;
  private static final int MIN_CELL = 10;
  private static final int MAX_TEXT = 4000;
  private static final String GAP = "  ";

  /** Gives a cell its colour. */
  interface Ink {
    /**
     * @param row index; -1 is the heads
     * @param text as it is printed, blanks included
     */
    String on(int row, int column, String text);
  }

  /** As below, without colours. */
  void print(PrintWriter out, int width) {
    print(out, width, (row, column, text) -> text);
  }

  /**
   * @param width of the terminal; columns that do not fit are left out, and named below
   */
  void print(PrintWriter out, int width, Ink ink) {
    int[] widths = widths();
    shrink(widths, width);
    int fitting = fitting(widths, width);
    for (int i = -1; i < rows.size(); i++) {
      printRow(out, i, Arrays.copyOf(widths, fitting), ink);
    }
    if (fitting < heads.size()) {
      out.println(
          "… and %d more columns: %s"
              .formatted(
                  heads.size() - fitting,
                  cut(String.join(", ", heads.subList(fitting, heads.size())), width - 26)));
    }
  }

  private int[] widths() {
    int[] widths = new int[heads.size()];
    for (int i = 0; i < widths.length; i++) {
      widths[i] = width(shown(heads.get(i)));
      for (List<String> row : rows) {
        widths[i] = Math.max(widths[i], width(shown(row.get(i))));
      }
      widths[i] = Math.min(widths[i], MAX_CELL);
    }
    return widths;
  }

  /** Takes from the widest as long as that lets every column stay. */
  private static void shrink(int[] widths, int width) {
    while (total(widths, widths.length) > width) {
      int widest = 0;
      for (int i = 1; i < widths.length; i++) {
        widest = widths[i] > widths[widest] ? i : widest;
      }
      if (widths[widest] <= MIN_CELL) {
        return;
      }
      widths[widest]--;
    }
  }

  private static int fitting(int[] widths, int width) {
    int fitting = widths.length;
    while (fitting > 1 && total(widths, fitting) > width) {
      fitting--;
    }
    return fitting;
  }

  private static int total(int[] widths, int columns) {
    int total = GAP.length() * columns;
    for (int i = 0; i < columns; i++) {
      total += widths[i];
    }
    return total;
  }

  private void printRow(PrintWriter out, int index, int[] widths, Ink ink) {
    List<String> row = index < 0 ? heads : rows.get(index);
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      String cell = cut(shown(row.get(i)), widths[i]);
      String padding = " ".repeat(Math.max(0, widths[i] - width(cell)));
      String padded = rightAligned.contains(i) ? padding + cell : cell + padding;
      cells.add(ink.on(index, i, i == widths.length - 1 ? padded.stripTrailing() : padded));
    }
    out.println((GAP + String.join(GAP, cells)).stripTrailing());
  }

  /** On one line, with nothing that moves a terminal's cursor. */
  private static String shown(String cell) {
    if (cell == null) {
      return "·";
    }
    String start = cell.length() > MAX_TEXT ? cell.substring(0, MAX_TEXT) : cell;
    return start
        .codePoints()
        .mapToObj(
            c ->
                switch (c) {
                  case '\n', '\r' -> "⏎";
                  case '\t' -> "⇥";
                  default ->
                      Character.getType(c) == Character.FORMAT
                          ? ""
                          : Character.isISOControl(c) ? "�" : Character.toString(c);
                })
        .collect(Collectors.joining());
  }

  /** On one line, and cut where it is wider. */
  static String line(String text, int most) {
    return cut(shown(text), most);
  }

  private static String cut(String text, int most) {
    if (width(text) <= most) {
      return text;
    }
    StringBuilder cut = new StringBuilder();
    int width = 0;
    for (int c : text.codePoints().toArray()) {
      width += width(c);
      if (width > most - 1) {
        break;
      }
      cut.appendCodePoint(c);
    }
    return cut.append('…').toString();
  }

  private static int width(String text) {
    return text.codePoints().map(TextTable::width).sum();
  }

  /** As terminals do: nothing for combining marks, two for East Asian characters and emoji. */
  private static int width(int c) {
    int type = Character.getType(c);
    if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
      return 0;
    }
    boolean wide =
        (c >= 0x1100 && c <= 0x115f)
            || (c >= 0x2e80 && c <= 0xa4cf)
            || (c >= 0xac00 && c <= 0xd7a3)
            || (c >= 0xf900 && c <= 0xfaff)
            || (c >= 0xfe30 && c <= 0xfe6f)
            || (c >= 0xff00 && c <= 0xff60)
            || (c >= 0xffe0 && c <= 0xffe6)
            || (c >= 0x1f300 && c <= 0x1faff)
            || (c >= 0x20000 && c <= 0x3fffd);
    return wide ? 2 : 1;
  }
}
