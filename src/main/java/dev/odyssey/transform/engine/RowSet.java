package dev.odyssey.transform.engine;

import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;

/** Row numbers, which may lie far apart: those of several files do. Not thread-safe. */
public final class RowSet {
  private static final int BLOCK_BITS = 30;
  private static final long IN_BLOCK = (1L << BLOCK_BITS) - 1;

  private final Map<Long, BitSet> blocks = new HashMap<>();

  /**
   * @param row at least 0
   */
  public void add(long row) {
    blocks.computeIfAbsent(row >>> BLOCK_BITS, block -> new BitSet()).set((int) (row & IN_BLOCK));
  }

  boolean has(long row) {
    BitSet block = blocks.get(row >>> BLOCK_BITS);
    return block != null && block.get((int) (row & IN_BLOCK));
  }
}
