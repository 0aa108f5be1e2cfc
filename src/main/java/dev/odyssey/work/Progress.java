package dev.odyssey.work;

/**
 * Where an attempt stands. Rides on the lease's renewal, so that others see it.
 *
 * @param step what is being done, as in "reading the source file"
 * @param percent of the step; 0 where nobody can tell
 * @param rows that the engine's query has gone through so far
 * @param bytes of the file read or sent so far
 * @param memoryBytes that the engine holds; 0 where none works
 * @param spilledBytes that the engine has on disk for want of memory
 */
public record Progress(
    String step, double percent, long rows, long bytes, long memoryBytes, long spilledBytes) {
  private static final int MAX_STEP = 200;

  /** A transform process may say anything; the database takes neither NaN nor every character. */
  public Progress {
    String text = step == null ? "" : step.substring(0, Math.min(step.length(), MAX_STEP));
    step = text.replaceAll("[\\p{Cntrl}\\p{Cs}]", " ");
    percent = Double.isFinite(percent) ? percent : 0;
  }

  /** Of work that needs no engine. */
  public Progress(String step, double percent, long rows, long bytes) {
    this(step, percent, rows, bytes, 0, 0);
  }
}
