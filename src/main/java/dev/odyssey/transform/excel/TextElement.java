package dev.odyssey.transform.excel;

import java.util.regex.Pattern;

/** Gathers what lies in {@code t} elements outside {@code rPh}, as texts in workbooks are kept. */
final class TextElement {
  /** Longer than any cell of Excel, which holds 32,767. */
  static final int MAX_CHARS = 4 << 20;

  private static final Pattern ESCAPE = Pattern.compile("_x([0-9A-Fa-f]{4})_");

  private final StringBuilder text = new StringBuilder();
  private int phonetic;
  private boolean inText;

  void clear() {
    text.setLength(0);
  }

  void start(String element) {
    if (element.equals("rPh")) {
      phonetic++;
    }
    inText = element.equals("t") && phonetic == 0;
  }

  void end(String element) {
    if (element.equals("rPh")) {
      phonetic--;
    }
    inText = false;
  }

  void characters(char[] chars, int start, int length) {
    if (inText) {
      text.append(chars, start, length);
      if (text.length() > MAX_CHARS) {
        throw new IllegalArgumentException("a text has more than " + MAX_CHARS + " characters");
      }
    }
  }

  String decoded() {
    return decoded(text.toString());
  }

  /** Characters that XML cannot hold are written as {@code _x000D_}. */
  static String decoded(String plain) {
    return plain.contains("_x")
        ? ESCAPE
            .matcher(plain)
            .replaceAll(
                match ->
                    java.util.regex.Matcher.quoteReplacement(
                        String.valueOf((char) Integer.parseInt(match.group(1), 16))))
        : plain;
  }
}
