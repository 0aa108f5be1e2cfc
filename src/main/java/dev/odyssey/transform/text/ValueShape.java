package dev.odyssey.transform.text;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What a text of a CSV file is beyond doubt, though it is neither number nor date: where all texts
 * of a column are it, the first one, too, none of them is its name. Stateless.
 */
public final class ValueShape {
  private static final String NONE = "";
  private static final String WEB = "web";

  /** No column is called so. */
  private static final Set<String> VALUES = Set.of("mail", "uuid");

  private static final Pattern MAIL = Pattern.compile("[^\\s@]+@[^\\s@]+\\.\\p{L}+");
  private static final Pattern ADDRESS = Pattern.compile("(https?|ftp|s3)://\\S+");
  private static final Pattern UUID =
      Pattern.compile("\\p{XDigit}{8}(-\\p{XDigit}{4}){3}-\\p{XDigit}{12}");

  /** Such as {@code P00017} or {@code DE-4711-X}: with three digits or more, and a letter. */
  private static final Pattern CODE =
      Pattern.compile("(?=(\\D*\\d){3})(?=.*\\p{L})[\\p{L}\\p{N}][\\p{L}\\p{N}_.:/-]{3,39}");

  private static final int MIN_CODES = 3;

  private ValueShape() {}

  /**
   * True where the first of a column's texts is no name of the others.
   *
   * @param row that the first one stands in: where it has nothing but codes or addresses, they may
   *     be names
   * @param below filled ones of its column
   */
  public static boolean isSame(String first, List<String> row, List<String> below) {
    String shape = of(first);
    if (shape.equals(NONE)
        || below.isEmpty()
        || !below.stream().allMatch(t -> of(t).equals(shape))) {
      return false;
    }
    return VALUES.contains(shape)
        || ((row.size() == 1 || row.stream().anyMatch(cell -> !of(cell).equals(shape)))
            && (shape.equals(WEB) || below.size() + 1 >= MIN_CODES));
  }

  /** Of a code its letters, where they are small, and the kinds of its other signs. */
  private static String of(String cell) {
    String text = cell.strip();
    if (MAIL.matcher(text).matches()) {
      return "mail";
    }
    if (ADDRESS.matcher(text).matches()) {
      return WEB;
    }
    if (UUID.matcher(text).matches()) {
      return "uuid";
    }
    return CODE.matcher(text).matches()
        ? text.replaceAll("\\p{N}", "9").replaceAll("\\p{Lu}", "A")
        : NONE;
  }
}
