package dev.odyssey.transform;

import com.sun.management.OperatingSystemMXBean;
import dev.odyssey.settings.Settings;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What one transform may use and how it hashes. Plain data.
 *
 * @param memoryLimit the engine's, as DuckDB writes it: {@code 1GB}, {@code 512MB}
 * @param threads the engine's; at least 1
 * @param tempLimit what the engine may spill into the job's directory, as DuckDB writes it; {@code
 *     auto}, see {@link #tempLimit(long)}
 * @param maxSourceBytes a source file larger than this, after decompression, is refused
 * @param refHash how {@code $_ref} is computed
 * @param maxBadValueRatio share of a column's values that may be bad, 0 to 1; a stream's {@code
 *     source.config.maxBadValueRatio} wins
 * @param maxRejectRatio share of the rows that may be rejected, 0 to 1; a stream's {@code
 *     source.config.maxRejectRatio} wins
 * @param maxObjectBytes a larger snapshot is written in parts
 */
public record TransformSettings(
    String memoryLimit,
    int threads,
    String tempLimit,
    long maxSourceBytes,
    RefHash refHash,
    double maxBadValueRatio,
    double maxRejectRatio,
    long maxObjectBytes) {
  private static final long MAX_OBJECT_BYTES = 5L << 30;

  private static final long LITTLE = 1 << 20;
  private static final long LEAST_MEMORY = 128L << 20;

  /** The engine reads no JSON with less, however small the file. */
  private static final double LEAST_TOLD_MEMORY = 64e6;

  private static final Pattern SIZE =
      Pattern.compile("auto|([1-9]\\d*(\\.\\d+)?) ?([KMGT])(i?)B", Pattern.CASE_INSENSITIVE);

  /** The algorithms of {@code $_ref}; docs/ref.md defines both. */
  public enum RefHash {
    /** Injective before hashing. */
    V1,
    /** {@code md5(concat_ws('|', coalesce(column::varchar, ''), ...))}: collides, kept for old. */
    COMPAT;

    /** The version that a snapshot's metadata names. */
    public String version() {
      return this == V1 ? "1" : "compat";
    }
  }

  /** With parts of the default size. */
  public TransformSettings(
      String memoryLimit,
      int threads,
      String tempLimit,
      long maxSourceBytes,
      RefHash refHash,
      double maxBadValueRatio,
      double maxRejectRatio) {
    this(
        memoryLimit,
        threads,
        tempLimit,
        maxSourceBytes,
        refHash,
        maxBadValueRatio,
        maxRejectRatio,
        MAX_OBJECT_BYTES);
  }

  public TransformSettings {
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be at least 1, not " + threads);
    }
    if (maxSourceBytes < 1) {
      throw new IllegalArgumentException("maxSourceBytes must be at least 1: " + maxSourceBytes);
    }
    requireRatio("maxBadValueRatio", maxBadValueRatio);
    requireRatio("maxRejectRatio", maxRejectRatio);
  }

  /** One thread for little: to start more, and to end them, takes longer than the work. */
  TransformSettings forBytes(long bytes) {
    return isLittle(bytes) ? withOneThread() : this;
  }

  /** Whether the engine's start would take longer than a job that reads so much. */
  public static boolean isLittle(long bytes) {
    return bytes <= LITTLE;
  }

  public TransformSettings withOneThread() {
    return new TransformSettings(
        memoryLimit,
        1,
        tempLimit,
        maxSourceBytes,
        refHash,
        maxBadValueRatio,
        maxRejectRatio,
        maxObjectBytes);
  }

  public static TransformSettings from(Settings settings) {
    return new TransformSettings(
        memoryLimit(
            memory(settings, "DUCKDB_MEMORY_LIMIT"),
            machineMemory(),
            settings.integer("MAX_CONCURRENT_JOBS", 1, 256)),
        settings.integer("DUCKDB_THREADS", 1, 1024),
        size(settings, "DUCKDB_TEMP_LIMIT"),
        settings.number("MAX_UNPACKED_BYTES", 1, Long.MAX_VALUE),
        settings.oneOf("REF_HASH", "v1", "compat").equals("compat") ? RefHash.COMPAT : RefHash.V1,
        settings.ratio("MAX_BAD_VALUE_RATIO"),
        settings.ratio("MAX_REJECT_RATIO"),
        settings.number("MAX_OBJECT_BYTES", 1_000_000, Long.MAX_VALUE));
  }

  /** With too little no job would ever be done, and each would say so alone. */
  private static String memory(Settings settings, String name) {
    String told = size(settings, name);
    Matcher size = SIZE.matcher(told.strip());
    if (size.matches() && size.group(1) != null) {
      double thousands = "KMGT".indexOf(size.group(3).toUpperCase(Locale.ROOT)) + 1;
      double unit = Math.pow(size.group(4).isEmpty() ? 1000 : 1024, thousands);
      if (Double.parseDouble(size.group(1)) * unit < LEAST_TOLD_MEMORY) {
        settings.problem(name, "must be at least 64MB, is '" + told + "'");
      }
    }
    return told;
  }

  /** As the engine reads it, which tells a wrong one only when the first job begins. */
  private static String size(Settings settings, String name) {
    String told = settings.text(name);
    if (!told.isEmpty() && !SIZE.matcher(told.strip()).matches()) {
      settings.problem(name, "must be auto or a size such as 512MB or 4GiB, is '" + told + "'");
    }
    return told;
  }

  /**
   * {@code auto} is half of what the disk has free when a job begins.
   *
   * @param free bytes on the disk of the job's directory
   */
  public String tempLimit(long free) {
    return tempLimit.strip().equalsIgnoreCase("auto") ? ((free / 2) >> 20) + "MiB" : tempLimit;
  }

  /**
   * {@code auto} is half of the memory, in equal shares for the jobs under way, but no less than
   * the engine needs.
   *
   * @param memory of the container or machine, in bytes
   */
  static String memoryLimit(String told, long memory, int jobs) {
    return told.strip().equalsIgnoreCase("auto")
        ? (Math.max(memory / 2 / jobs, LEAST_MEMORY) >> 20) + "MiB"
        : told;
  }

  /** The JVM reads the container's limit, by either version of cgroups. */
  private static long machineMemory() {
    return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getTotalMemorySize();
  }

  /** 1 GB and two threads for the engine, 20 GB to spill, 100 GB of source, half may be bad. */
  public static TransformSettings defaults() {
    return new TransformSettings("1GB", 2, "20GB", 100_000_000_000L, RefHash.V1, 0.5, 0.5);
  }

  private static void requireRatio(String name, double ratio) {
    if (!(ratio >= 0 && ratio <= 1)) {
      throw new IllegalArgumentException(name + " must be between 0 and 1, not " + ratio);
    }
  }
}
