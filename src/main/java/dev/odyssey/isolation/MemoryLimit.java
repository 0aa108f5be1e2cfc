package dev.odyssey.isolation;

import dev.odyssey.transform.TransformSettings;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How much memory the system should let a child write. */
final class MemoryLimit {
  private static final Pattern SIZE = Pattern.compile("([0-9.]+)\\s*([KMGT]I?)?B?");
  private static final Map<String, Double> UNITS =
      Map.of(
          "K", 1e3, "M", 1e6, "G", 1e9, "T", 1e12, //
          "KI", 0x1p10, "MI", 0x1p20, "GI", 0x1p30, "TI", 0x1p40);
  private static final long JVM_MIB = 512;
  private static final long THREAD_MIB = 16;

  private MemoryLimit() {}

  /**
   * The heap, the engine's memory and a quarter more, the JVM's own and the threads' stacks; 0, for
   * no limit, where the engine's is told as a share.
   */
  static long kib(int heapMib, TransformSettings settings) {
    Matcher size = SIZE.matcher(settings.memoryLimit().strip().toUpperCase(Locale.ROOT));
    if (!size.matches()) {
      return 0;
    }
    double unit = size.group(2) == null ? 1 : UNITS.get(size.group(2));
    long engineMib = Math.round(Double.parseDouble(size.group(1)) * unit * 1.25 / 0x1p20);
    return (heapMib + JVM_MIB + engineMib + THREAD_MIB * settings.threads()) * 1024;
  }
}
