package dev.odyssey.transform;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Formats of dates: {@code %d.%m.%Y} as the engine has them, or {@code dd.MM.yyyy}. Stateless. */
final class DateFormats {
  private static final Pattern LETTERS =
      Pattern.compile(
          "yyyy|YYYY|yy|YY|MMMM|MMM|MM|M|dd|DD|d|D|HH|H|hh|h|mm|ss|SSSSSS|SSS|XXX|Z|a|'([^']*)'");
  private static final Map<String, String> SIGNS =
      Map.ofEntries(
          Map.entry("yyyy", "%Y"),
          Map.entry("YYYY", "%Y"),
          Map.entry("yy", "%y"),
          Map.entry("YY", "%y"),
          Map.entry("MMMM", "%B"),
          Map.entry("MMM", "%b"),
          Map.entry("MM", "%m"),
          Map.entry("M", "%-m"),
          Map.entry("dd", "%d"),
          Map.entry("DD", "%d"),
          Map.entry("d", "%-d"),
          Map.entry("D", "%-d"),
          Map.entry("HH", "%H"),
          Map.entry("H", "%-H"),
          Map.entry("hh", "%I"),
          Map.entry("h", "%-I"),
          Map.entry("mm", "%M"),
          Map.entry("ss", "%S"),
          Map.entry("SSSSSS", "%f"),
          Map.entry("SSS", "%g"),
          Map.entry("XXX", "%z"),
          Map.entry("Z", "%z"),
          Map.entry("a", "%p"));

  private DateFormats() {}

  static List<String> of(List<String> told) {
    return told.stream().map(DateFormats::of).toList();
  }

  private static String of(String told) {
    return told.contains("%")
        ? told
        : LETTERS
            .matcher(told)
            .replaceAll(
                found ->
                    Matcher.quoteReplacement(
                        found.group(1) != null ? found.group(1) : SIGNS.get(found.group())));
  }
}
