package dev.odyssey.sandbox;

import java.util.Arrays;
import java.util.stream.Collectors;

/** One record of a CSV file as RFC 4180 wants it; null is nothing at all, an empty text is "". */
final class Csv {

  private Csv() {}

  static String line(String delimiter, Object... values) {
    return Arrays.stream(values)
        .map(value -> field(delimiter, value))
        .collect(Collectors.joining(delimiter, "", "\r\n"));
  }

  private static String field(String delimiter, Object value) {
    if (value == null) {
      return "";
    }
    String text = value.toString();
    boolean plain =
        !text.isEmpty()
            && !text.contains(delimiter)
            && !text.contains("\"")
            && !text.contains("\n")
            && !text.contains("\r")
            && text.equals(text.strip());
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }
}
