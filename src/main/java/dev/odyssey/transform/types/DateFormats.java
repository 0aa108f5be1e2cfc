package dev.odyssey.transform.types;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.odyssey.transform.options.SourceOption;
import dev.odyssey.transform.options.SourceOptions;
import dev.odyssey.transform.text.Names;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

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

  /** Words for what is read without a format. */
  private static final Set<String> ISO = Set.of("", "iso", "iso8601", "auto");

  private static final Pattern STRAY = Pattern.compile("[A-SU-Za-z]");
  private static final Pattern PART = Pattern.compile("%(-?.)");

  /** Signs of {@code strptime} that mean the same part. */
  private static final Map<String, String> KINDS =
      Map.ofEntries(
          Map.entry("y", "Y"),
          Map.entry("-y", "Y"),
          Map.entry("G", "Y"),
          Map.entry("-m", "m"),
          Map.entry("b", "m"),
          Map.entry("B", "m"),
          Map.entry("-d", "d"),
          Map.entry("-H", "H"),
          Map.entry("I", "H"),
          Map.entry("-I", "H"),
          Map.entry("-M", "M"),
          Map.entry("-S", "S"),
          Map.entry("-j", "j"));

  private static final String MONTH = " (%m or MM is the month, %M or mm are minutes)";
  private static final String KNOWN = "YmdHMSaAwpfgnzZjUWVucxX%";

  private DateFormats() {}

  /** A format that would read something else than it says is a permanent failure. */
  static List<String> of(SourceOptions options, SourceOption option) {
    List<String> formats = new ArrayList<>();
    for (String told : options.texts(option)) {
      if (!ISO.contains(Names.letters(told))) {
        String format = told.contains("%") ? told : translated(told, options, option);
        fault(format)
            .ifPresent(
                fault -> {
                  throw options.fault(option, TextNode.valueOf(told), fault);
                });
        formats.add(format);
      }
    }
    return List.copyOf(formats);
  }

  private static String translated(String told, SourceOptions options, SourceOption option) {
    if (STRAY.matcher(LETTERS.matcher(told).replaceAll("")).find()) {
      throw options.fault(
          option,
          TextNode.valueOf(told),
          "must be of yyyy, MM, dd, HH, mm, ss and the like, other words in '...'");
    }
    return LETTERS
        .matcher(told)
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    found.group(1) != null ? found.group(1) : SIGNS.get(found.group())));
  }

  /** Why the engine would read something else, or nothing, or fail; minutes are no month. */
  private static Optional<String> fault(String format) {
    String parts =
        PART.matcher(format)
            .results()
            .map(part -> KINDS.getOrDefault(part.group(1), part.group(1)))
            .collect(Collectors.joining());
    if (parts.chars().anyMatch(part -> KNOWN.indexOf(part) < 0)
        || !PART.matcher(format).replaceAll("").matches("[^%]*")) {
      return Optional.of("must be of strptime's signs, such as %d.%m.%Y");
    }
    if (parts.matches(".*([YmdHMS]).*\\1.*")) {
      return Optional.of("must have each part once" + MONTH);
    }
    if (parts.contains("M") && !parts.matches(".*[HcX].*M.*")) {
      return Optional.of("must have hours before minutes" + MONTH);
    }
    if (!parts.matches(".*[Yxc].*")) {
      return Optional.of("must have a year");
    }
    return parts.contains("d") && !parts.matches(".*[mjWUV].*")
        ? Optional.of("must have a month beside the day" + MONTH)
        : Optional.empty();
  }
}
