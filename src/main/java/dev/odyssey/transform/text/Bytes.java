package dev.odyssey.transform.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks at eight bytes at a time. Stateless. */
public final class Bytes {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int MARGIN = 1 << 12;
  private static final long ONES = 0x0101010101010101L;
  private static final long SIXTEENS = ONES << 4;
  private static final long LOWS = 0x7f7f7f7f7f7f7f7fL;
  private static final long HIGHS = 0x8080808080808080L;

  private Bytes() {}

  /** As large as asked for, or a little larger than a file that is smaller. */
  public static byte[] buffer(int most, long size) {
    return new byte[(int) Math.min(most, size + MARGIN)];
  }

  public static long word(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  /** A word of nothing but this byte. */
  public static long all(byte b) {
    return (b & 0xffL) * ONES;
  }

  /** How many bytes of the word are those of the other, which {@link #all} gave. */
  public static int count(long word, long all) {
    return Long.bitCount(match(word, all));
  }

  /** The highest bit of each byte that is that of the other word; the first byte is the lowest. */
  public static long match(long word, long all) {
    long same = word ^ all;
    return ~(((same & LOWS) + LOWS) | same | LOWS);
  }

  /** Whether a byte is below 16, as the ends of lines are. */
  public static boolean hasControl(long word) {
    return ((word - SIXTEENS) & ~word & HIGHS) != 0;
  }

  /** How many bytes stand before the first that is NUL or not ASCII. */
  static int plain(long word) {
    return Long.numberOfTrailingZeros(((word - ONES) | word) & HIGHS) >> 3;
  }
}
