package dev.odyssey.cli;

import dev.odyssey.console.ConsoleData;
import dev.odyssey.console.Models;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.failure.Shown;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Finds the stream or run that somebody means. Stateless. */
final class Streams {
  private static final Pattern ID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern START_OF_ID = Pattern.compile("[0-9a-fA-F][0-9a-fA-F-]{3,35}");
  private static final int PAGE = 500;
  private static final int SHOWN = 10;

  private Streams() {}

  static boolean isId(String text) {
    return ID.matcher(text).matches();
  }

  /**
   * Every stream that fits, however many.
   *
   * @param search part of a name, or an id; null for all
   */
  static List<Map<String, Object>> all(ConsoleData data, String search)
      throws ConsoleData.Unavailable {
    List<Map<String, Object>> streams = new ArrayList<>();
    List<Map<String, Object>> page;
    do {
      page = Models.rows(data.streams(search, PAGE, streams.size()), "streams");
      streams.addAll(page);
    } while (page.size() == PAGE);
    return streams;
  }

  /**
   * A stream's id, or that of the one stream that has this name; where none has it exactly, without
   * regard to case.
   *
   * @throws PermanentFailure where there is none, or several
   */
  static UUID find(ConsoleData data, String text) throws ConsoleData.Unavailable {
    return find(data, text, "stream");
  }

  /**
   * @param what could have been meant
   */
  static UUID find(ConsoleData data, String text, String what) throws ConsoleData.Unavailable {
    if (isId(text)) {
      return UUID.fromString(text);
    }
    List<Map<String, Object>> similar = all(data, text);
    List<Map<String, Object>> found =
        similar.stream().filter(stream -> text.equals(stream.get("name"))).toList();
    if (found.isEmpty()) {
      found =
          similar.stream()
              .filter(stream -> text.equalsIgnoreCase(String.valueOf(stream.get("name"))))
              .toList();
    }
    if (found.size() != 1) {
      throw found.isEmpty() ? unknown(what, text, similar) : ambiguous(text, found);
    }
    return UUID.fromString(found.get(0).get("id").toString());
  }

  /**
   * A run's id, or the one that begins so.
   *
   * @return null where the text is neither
   * @throws PermanentFailure where several begin so
   */
  static UUID findRun(ConsoleData data, String text) throws ConsoleData.Unavailable {
    if (!START_OF_ID.matcher(text).matches()) {
      return null;
    }
    List<UUID> found = data.findRuns(text);
    if (found.size() > 1) {
      throw new PermanentFailure(
          "%s is the beginning of several runs: %s"
              .formatted(
                  text, found.stream().map(UUID::toString).collect(Collectors.joining(", "))),
          "Type more of it.");
    }
    return found.isEmpty() ? null : found.get(0);
  }

  /**
   * @throws PermanentFailure where there is no such run, or several
   */
  static UUID requireRun(ConsoleData data, String text) throws ConsoleData.Unavailable {
    UUID run = findRun(data, text);
    if (run == null) {
      throw noRun(text);
    }
    return run;
  }

  static PermanentFailure noRun(String text) {
    return new PermanentFailure(
        "There is no run '%s'".formatted(text), "bin/odyssey runs lists the last ones.");
  }

  private static PermanentFailure unknown(
      String what, String text, List<Map<String, Object>> similar) {
    return new PermanentFailure(
        "There is no %s '%s'".formatted(what, text),
        similar.isEmpty()
            ? "bin/odyssey status lists them."
            : "Is it %s?"
                .formatted(
                    similar.stream()
                        .limit(SHOWN)
                        .map(stream -> "'" + Shown.text(String.valueOf(stream.get("name"))) + "'")
                        .collect(Collectors.joining(", "))));
  }

  private static PermanentFailure ambiguous(String text, List<Map<String, Object>> found) {
    return new PermanentFailure(
        "%d streams are called '%s'; say which by its id:%s"
            .formatted(
                found.size(),
                text,
                found.stream()
                    .limit(SHOWN)
                    .map(s -> "%n  %s of tenant %s".formatted(s.get("id"), s.get("tenantId")))
                    .collect(Collectors.joining())),
        null);
  }
}
