package dev.odyssey.transform;

import dev.odyssey.failure.PermanentFailure;
import java.util.List;
import java.util.function.Function;

/** The snapshot's columns after the mapped ones, in this order. */
final class SystemColumns {
  static final String REF = "$_ref";
  static final String OPERATION = "$_operation";
  static final String TIMESTAMP = "$_timestamp";
  static final String LAST_UPDATED = "$_last_updated";
  static final List<String> ALL = List.of(REF, OPERATION, TIMESTAMP, LAST_UPDATED);

  private SystemColumns() {}

  /** Every name that starts with {@code $_} is ours, and one is the engine's row number. */
  static void refuse(String target, Function<String, PermanentFailure> fault) {
    if (target.startsWith("$_") || target.equalsIgnoreCase("file_row_number")) {
      throw fault.apply(
          "target "
              + Names.shown(target)
              + " is reserved: file_row_number and names that start with $_ are the runner's");
    }
  }
}
