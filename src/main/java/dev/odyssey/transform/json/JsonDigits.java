package dev.odyssey.transform.json;

import java.util.regex.Pattern;

/**
 * Numbers in nested JSON that the engine would write anew where it reaches into it: of {@code 1.10}
 * it makes 1.1, of more than 17 digits fewer. So they are texts with a mark before them until the
 * value has been found. Stateless.
 */
public final class JsonDigits {
  /** Stands for no character, so that no text should hold it. */
  private static final char MARK = '\ufdd0';

  /** What a double gives back as it was; an integer is none. */
  private static final Pattern SAME =
      Pattern.compile("-?(?=[\\d.]{1,16}$)(0|[1-9]\\d*)\\.(0|(?!0000)\\d*[1-9])");

  private JsonDigits() {}

  static boolean isSafe(String number) {
    return SAME.matcher(number).matches();
  }

  static String marked(String number) {
    return MARK + number;
  }

  static boolean isIn(String json) {
    return json.indexOf(MARK) >= 0;
  }

  /**
   * @param sql a JSON text with marks, or what was found in it
   */
  public static String plain(String sql) {
    return "regexp_replace(%s, '\"\\x{FDD0}([-+.0-9eE]+)\"|^\\x{FDD0}([-+.0-9eE]+)$', '\\1\\2', 'g')"
        .formatted(sql);
  }
}
