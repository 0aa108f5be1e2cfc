package dev.odyssey.bench.crash;

import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What became of a case; all is well where the three lists are empty.
 *
 * @param lost runs that did not end, messages that stayed, objects that a pointer names in vain
 * @param duplicated runs that had their effects twice
 * @param wrong other things that are not as they must be
 * @param recovery seconds; empty where there was nothing to recover
 */
record Outcome(
    Case of,
    List<String> lost,
    List<String> duplicated,
    List<String> wrong,
    OptionalDouble recovery) {

  boolean isGood() {
    return lost.isEmpty() && duplicated.isEmpty() && wrong.isEmpty();
  }

  List<String> remarks() {
    return Stream.of(lost, duplicated, wrong).flatMap(List::stream).toList();
  }
}
