package dev.odyssey.transform.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.odyssey.failure.PermanentFailure;
import dev.odyssey.failure.TransientFailure;
import dev.odyssey.transform.text.Names;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Locale;
import java.util.regex.Pattern;

/** The one place where the engine's errors get their meaning. Stateless. */
public final class EngineFailure {
  private static final Pattern NOISE =
      Pattern.compile(
          "(?s)^(Error: )|(Invalid Input Error: Attempting to execute an unsuccessful or closed"
              + " pending query result\\s*Error: )|(\\n"
              + "\\s*\\n"
              + "?(Possible|Possible fixes|Candidate|LINE \\d+:|file = |  file = ).*)|( Use \"SET .*)$");
  private static final Pattern LIMIT = Pattern.compile("\\([\\d.]+ \\w+/[\\d.]+ \\w+ used\\)");

  /**
   * What the engine calls an IO error and is none of the disk's: the file is cut, or unknown to it.
   */
  private static final Pattern OF_THE_FILE =
      Pattern.compile("could not read enough bytes|unsupported|failed to read file");

  private static final int SHOWN_LENGTH = 600;

  /** With fewer columns it is the rows that need the memory. */
  private static final int MANY_COLUMNS = 1_000;

  /**
   * Of the limit: what the engine prepares for a date or a decimal, and a part of the process's
   * own.
   */
  private static final int KB_OF_A_COLUMN = 600;

  private EngineFailure() {}

  /**
   * @param step what was being done, as in "reading the source file"
   * @param columns of the stream; 0 where unknown
   */
  public static RuntimeException of(
      SQLException error, String stream, String step, Path directory, int columns) {
    String raw = String.valueOf(error.getMessage());
    String message = shown(error, directory);
    String kind = raw.toLowerCase(Locale.ROOT);
    String what = "Stream %s: %s failed: %s".formatted(Names.shown(stream), step, message);
    if (kind.contains("out of memory error")) {
      return outOfMemory(what, kind, columns, error);
    }
    if (kind.contains("no space left")
        || (kind.contains("io error") && !OF_THE_FILE.matcher(kind).find())) {
      return new TransientFailure(
          what, "Make room on the work directory's disk; the job is tried again.", null, error);
    }
    if (kind.contains("internal error") || kind.contains("fatal error")) {
      return new TransientFailure(
          what, "The engine itself failed; if a retry does too, report the file.", null, error);
    }
    return new PermanentFailure(
        what,
        "Correct the source file or the stream's mappings, then redrive the job.",
        null,
        error);
  }

  /** The same file meets the same limit again; what the machine lacks may be there again. */
  private static RuntimeException outOfMemory(
      String what, String kind, int columns, SQLException error) {
    if (kind.contains("max_temp_directory_size")) {
      return new TransientFailure(
          what, "Raise DUCKDB_TEMP_LIMIT, or make room on the work directory's disk.", null, error);
    }
    if (columns > MANY_COLUMNS) {
      return new PermanentFailure(
          what,
          "The stream has %,d columns, which may take %d KB each, %,d MB in all, however few the rows: raise DUCKDB_MEMORY_LIMIT above that or map fewer of them, then redrive the job."
              .formatted(columns, KB_OF_A_COLUMN, (long) columns * KB_OF_A_COLUMN / 1000),
          null,
          error);
    }
    if (isMemoryLimit(error, columns)) {
      return new PermanentFailure(
          what,
          "Raise DUCKDB_MEMORY_LIMIT, or lower MAX_CONCURRENT_JOBS or DUCKDB_THREADS, then redrive"
              + " the job.",
          null,
          error);
    }
    return new TransientFailure(
        what,
        "The process or its machine has no more memory. It is tried once more, in another process;"
            + " if that fails too, raise DUCKDB_MEMORY_LIMIT, which the process's own limit follows,"
            + " or lower DUCKDB_THREADS, then redrive the job.",
        JsonNodeFactory.instance.objectNode().put("kind", "transform-died"),
        error);
  }

  /** True where one thread may do with the memory that was too little for several. */
  public static boolean isMemoryLimit(SQLException error, int columns) {
    String kind = String.valueOf(error.getMessage()).toLowerCase(Locale.ROOT);
    return kind.contains("out of memory error")
        && !kind.contains("max_temp_directory_size")
        && (columns > MANY_COLUMNS || LIMIT.matcher(kind).find());
  }

  /** The engine's own words on one line, without its hints and our paths. */
  public static String shown(SQLException error, Path directory) {
    String text = String.valueOf(error.getMessage());
    for (String before = null; !text.equals(before); ) {
      before = text;
      text = NOISE.matcher(text).replaceAll("").strip();
    }
    text = Names.told(text.replace(directory.toAbsolutePath() + "/", ""));
    return text.length() > SHOWN_LENGTH ? text.substring(0, SHOWN_LENGTH) + "…" : text;
  }
}
