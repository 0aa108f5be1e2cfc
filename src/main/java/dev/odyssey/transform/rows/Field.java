package dev.odyssey.transform.rows;

/**
 * A column of rows that we wrote ourselves.
 *
 * @param name in the source file
 * @param type the engine's
 * @param nested true where no text of it is anything but a JSON object or array
 * @param errors true where cells hold an error, such as {@code #N/A}, in place of a value
 * @param marked true where numbers within nested values have marks that no reader should see
 */
public record Field(String name, String type, boolean nested, boolean errors, boolean marked) {
  public static final String TEXT = "VARCHAR";
}
