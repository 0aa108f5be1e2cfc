package dev.odyssey.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How wide the terminal is, and what fits on it. Stateless. */
final class Terminal {
  private static final int UNKNOWN = 120;
  private static final Pattern SIZE = Pattern.compile("\\d+ ([1-9]\\d{1,3})");

  private Terminal() {}

  /** Lines no longer than that, broken at blanks; a word that is longer stays whole. */
  static List<String> wrap(String text, int width) {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : TextTable.line(text, 4000).split(" +", -1)) {
      if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
        lines.add(line.toString());
        line.setLength(0);
      }
      line.append(line.isEmpty() ? "" : " ").append(word);
    }
    lines.add(line.toString());
    return lines;
  }

  /** COLUMNS where it is set, else what stty says, else wide enough for most. */
  static int width() {
    String told = System.getenv("COLUMNS");
    if (told != null && told.matches("[1-9]\\d{1,3}")) {
      return Integer.parseInt(told);
    }
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(ProcessBuilder.Redirect.INHERIT)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      String size = new String(stty.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      Matcher columns = SIZE.matcher(size.strip());
      return columns.matches() ? Integer.parseInt(columns.group(1)) : UNKNOWN;
    } catch (IOException e) {
      return UNKNOWN; // no stty here
    }
  }
}
