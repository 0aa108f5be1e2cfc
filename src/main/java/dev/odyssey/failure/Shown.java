package dev.odyssey.failure;

import java.util.regex.Pattern;

/**
 * Foreign texts as messages show them: on one line, what is invisible by its code, so that none can
 * steer a terminal or forge a line of the log. Stateless.
 */
public final class Shown {
  private static final int LONGEST_TEXT = 300;
  private static final Pattern UNSHOWABLE =
      Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Cs}\\p{Zl}\\p{Zp}]|[\\p{Zs}&&[^ ]]");

  private Shown() {}

  /** A path and the like, whose end tells as much as its beginning: cut in the middle. */
  public static String text(String text) {
    int half = LONGEST_TEXT / 2;
    return visible(
        text == null || text.length() <= LONGEST_TEXT
            ? String.valueOf(text)
            : text.substring(0, half) + "…" + text.substring(text.length() - half));
  }

  /** What is invisible by its code: {@code \}u200b. */
  public static String visible(String text) {
    return UNSHOWABLE
        .matcher(text)
        .replaceAll(found -> "\\\\u%04x".formatted(found.group().codePointAt(0)));
  }
}
