package dev.odyssey.transform.snapshot;

/**
 * How large the parts of a Parquet file may become: what the engine holds in memory, for each
 * column and thread, while it writes one. Immutable.
 *
 * @param rowGroupRows about how many rows a row group has
 * @param dictionaryValues a column of a row group with more different values is written without a
 *     dictionary
 * @param dictionaryBytes likewise, of the texts in it together
 */
public record ParquetSizes(long rowGroupRows, long dictionaryValues, long dictionaryBytes) {
  public static final long ROW_GROUP_ROWS = 122_880;

  /** The engine's vectors: it counts rows by them. */
  private static final long VECTOR = 2048;

  private static final long MOST_VALUES = 1 << 22;
  private static final long LEAST_DICTIONARY = 256;
  private static final long MOST_DICTIONARY = 10_000;
  private static final long MOST_DICTIONARIES = 400_000;
  private static final long LEAST_TEXTS = 4 << 10;
  private static final long MOST_TEXTS = 1 << 20;
  private static final long MOST_TEXTS_TOGETHER = 32 << 20;
  private static final long LEAST_ROW_BYTES = 16;

  /**
   * Of many columns, all together stay as small as those of a few. Dictionaries no larger than
   * there may be rows: the time to clear large ones would be a tenth of all for a file of a hundred
   * rows, and most of it for one of hundreds of columns. The engine sets {@code dictionaryBytes}
   * aside for each column of texts, whatever it holds.
   *
   * @param bytes of the source file and the last snapshot
   * @param columns of the snapshot, at least 1
   */
  public static ParquetSizes of(long bytes, int columns) {
    long rows = bytes / Math.max(LEAST_ROW_BYTES, columns);
    return new ParquetSizes(
        between(VECTOR, MOST_VALUES / columns / VECTOR * VECTOR, ROW_GROUP_ROWS),
        between(LEAST_DICTIONARY, Math.min(rows, MOST_DICTIONARIES / columns), MOST_DICTIONARY),
        between(LEAST_TEXTS, MOST_TEXTS_TOGETHER / columns, MOST_TEXTS));
  }

  /** For rows so long that of the usual number of them memory is full: as few as there can be. */
  public ParquetSizes ofLongRows() {
    return new ParquetSizes(VECTOR, dictionaryValues, dictionaryBytes);
  }

  private static long between(long least, long wanted, long most) {
    return Math.max(least, Math.min(wanted, most));
  }
}
