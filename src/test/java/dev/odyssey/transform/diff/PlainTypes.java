package dev.odyssey.transform.diff;

import dev.odyssey.transform.engine.Sql;
import java.math.BigDecimal;

/**
 * What docs/types.md and docs/diff.md say of a few types, in plain Java. A value is the text that
 * says it in the fewest signs; null is NULL.
 */
final class PlainTypes {
  private static final String NUMBER = "[-+]?\\d+(\\.\\d+)?";

  private PlainTypes() {}

  /** The value of a cell of a file; null also where it is bad. */
  static String read(String cell, String type) {
    if (cell == null || type.equals("text")) {
      return cell;
    }
    return switch (type) {
      case "integer" -> cell.matches(NUMBER) ? whole(cell) : null;
      case "date" -> cell.matches("\\d{4}-\\d\\d-\\d\\d") ? cell : null;
      default -> cell.matches(NUMBER) ? plain(cell) : null;
    };
  }

  static boolean isBad(String cell, String type) {
    return cell != null && !cell.isBlank() && read(cell, type) == null;
  }

  /** A value of the last snapshot as it must stand in the file to be the same. */
  static String compared(String value, String was, String now) {
    boolean toFraction = now.equals("number") || now.startsWith("decimal");
    return value != null && was.equals("text") && toFraction && value.matches("-?\\d+\\.\\d+")
        ? plain(value)
        : value;
  }

  /** A value of the last snapshot in its column's new type; null where it does not fit. */
  static String converted(String value, String was, String now) {
    return was.equals(now) || value == null ? value : read(value, now);
  }

  /** SQL that shows a column in the fewest signs. */
  static String shown(String name, String type) {
    return isFraction(type)
        ? "CASE WHEN contains(%1$s::VARCHAR, '.') THEN rtrim(rtrim(%1$s::VARCHAR, '0'), '.') ELSE %1$s::VARCHAR END"
            .formatted(Sql.identifier(name))
        : Sql.identifier(name);
  }

  static String canonical(String text, String type) {
    return isFraction(type) ? plain(text) : text;
  }

  private static boolean isFraction(String type) {
    return type.equals("number") || type.startsWith("decimal");
  }

  private static String whole(String cell) {
    String plain = plain(cell);
    return plain.contains(".") ? null : plain;
  }

  private static String plain(String number) {
    BigDecimal value = new BigDecimal(number).stripTrailingZeros();
    return value.signum() == 0 ? "0" : value.toPlainString();
  }
}
