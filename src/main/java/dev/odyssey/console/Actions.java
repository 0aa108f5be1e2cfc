package dev.odyssey.console;

import java.util.List;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the console does when somebody presses a button. Every action may be repeated harmlessly.
 * Thread-safe; blocks on the database.
 */
final class Actions {
  private static final String ID = "([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})";
  private static final Pattern SYNC = Pattern.compile("/streams/" + ID + "/sync");
  private static final Pattern CANCEL = Pattern.compile("/runs/" + ID + "/cancel");
  private static final int MOST_AT_ONCE = 500;

  private final ConsoleData data;

  Actions(ConsoleData data) {
    this.data = data;
  }

  /**
   * What came of it.
   *
   * @param goTo the page that shows it; null where nothing was done
   * @param problem why the database could not do it; null where there is no such action, too
   */
  record Outcome(String goTo, String problem) {}

  /**
   * Does it.
   *
   * @param letters ids of dead letters, where the action is about them
   */
  Outcome perform(String path, List<String> letters) {
    try {
      return new Outcome(goTo(path, letters), null);
    } catch (ConsoleData.Unavailable e) {
      return new Outcome(null, e.getMessage());
    }
  }

  private String goTo(String path, List<String> letters) throws ConsoleData.Unavailable {
    Matcher matcher = SYNC.matcher(path);
    if (matcher.matches()) {
      return "/runs/" + data.enqueue(UUID.fromString(matcher.group(1))) + "?note=queued";
    }
    matcher = CANCEL.matcher(path);
    if (matcher.matches()) {
      String id = matcher.group(1);
      return "/runs/" + id + "?note=" + data.cancel(UUID.fromString(id));
    }
    return switch (path) {
      case "/dead-letters/redrive" ->
          "/dead-letters?note=redriven&n=" + count(letters, data::redrive);
      case "/dead-letters/discard" ->
          "/dead-letters?note=discarded&n=" + count(letters, data::discard);
      default -> null;
    };
  }

  private interface OnLetter {
    boolean done(long msgId) throws ConsoleData.Unavailable;
  }

  private static int count(List<String> letters, OnLetter action) throws ConsoleData.Unavailable {
    int count = 0;
    for (String letter : letters.stream().limit(MOST_AT_ONCE).toList()) {
      if (letter.matches("\\d{1,18}") && action.done(Long.parseLong(letter))) {
        count++;
      }
    }
    return count;
  }
}
