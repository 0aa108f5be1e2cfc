package dev.odyssey.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How wide the terminal is. Stateless. */
final class Terminal {
  private static final int UNKNOWN = 120;
  private static final Pattern SIZE = Pattern.compile("\\d+ ([1-9]\\d{1,3})");

  private Terminal() {}

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
