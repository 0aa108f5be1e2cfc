package dev.odyssey.sandbox;

import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/**
 * Which rows a sample's two versions hold. Rows are numbered from 1; the second version adds rows
 * at the end, lacks some of the first's and changes others.
 *
 * @param first rows of the first version
 * @param second number of the second version's last row
 * @param missing rows of the first version that the second lacks
 * @param changed rows of the first version whose content the second changes
 */
record Rows(int first, int second, IntPredicate missing, IntPredicate changed) {

  IntStream in(int version) {
    return version == 1
        ? IntStream.rangeClosed(1, first)
        : IntStream.rangeClosed(1, second).filter(row -> row > first || !missing.test(row));
  }

  boolean isChanged(int row, int version) {
    return version == 2 && row <= first && changed.test(row);
  }
}
