package dev.odyssey.transform.csv;

/**
 * Follows the quotes in the middle of a record's fields: where one opens in a field and one closes
 * at the end of the next, as in {@code 5"Boots, tall",7}, the delimiter before the first was lost,
 * and that within the text took its place. Not thread-safe.
 */
final class CsvStrays {
  private int field = -1;
  private int count;
  private int before = -1;

  void clear() {
    field = -1;
    before = -1;
  }

  /**
   * Of the next such quote.
   *
   * @param in number of the field that has it
   * @param last true when nothing of the field follows
   * @return true when it may close a text that a quote in the field before it opens
   */
  boolean mayClose(int in, boolean last) {
    if (in != field) {
      before = count % 2 == 1 ? field : -1;
      field = in;
      count = 0;
    }
    count++;
    return last && count % 2 == 1 && before >= 0 && before == in - 1;
  }

  /** Whether quotes of a whole record that has as many fields as it should do so. */
  static boolean areIn(CsvFields fields) {
    boolean open = false;
    for (int i = 0; i < fields.size(); i++) {
      boolean odd = !fields.isQuoted(i) && isOdd(fields, i);
      if (odd && open && closes(fields.text(i))) {
        return true;
      }
      open = odd && opens(fields.text(i));
    }
    return false;
  }

  private static boolean isOdd(CsvFields fields, int i) {
    boolean odd = false;
    for (int at = fields.start(i); at < fields.end(i); at++) {
      odd ^= fields.content()[at] == '"';
    }
    return odd;
  }

  /** Between a value and a text. */
  private static boolean opens(String text) {
    int quote = text.indexOf('"');
    return quote > 0
        && quote + 1 < text.length()
        && !Character.isWhitespace(text.charAt(quote - 1))
        && Character.isLetterOrDigit(text.charAt(quote + 1));
  }

  /** Behind a text; behind a digit it may be an inch. */
  private static boolean closes(String text) {
    int end = text.length() - 1;
    return end > 0
        && text.charAt(end) == '"'
        && text.charAt(0) != '"'
        && !Character.isDigit(text.charAt(end - 1));
  }
}
