package dev.odyssey.transform.definition;

import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.transform.text.Names;
import java.util.List;
import java.util.function.Function;

/** The snapshot's columns after the mapped ones, in this order. */
public final class SystemColumns {
  public static final String REF = "$_ref";
  public static final String OPERATION = "$_operation";
  public static final String TIMESTAMP = "$_timestamp";
  public static final String LAST_UPDATED = "$_last_updated";
  public static final List<String> ALL = List.of(REF, OPERATION, TIMESTAMP, LAST_UPDATED);

  private SystemColumns() {}

  /** Every name that starts with {@code $_} is ours, and one is the engine's row number. */
  public static void refuse(String target, Function<String, PermanentFailure> fault) {
    if (target.startsWith("$_") || target.equalsIgnoreCase("file_row_number")) {
      throw fault.apply(
          "target "
              + Names.shown(target)
              + " is reserved: file_row_number and names that start with $_ are the runner's");
    }
  }
}
