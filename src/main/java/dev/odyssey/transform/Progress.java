package dev.odyssey.transform;

/**
 * Where a transform stands. Rides on the lease's renewal, so that others see it.
 *
 * @param step what is being done, as in "reading the source file"
 * @param percent of the query that runs now; 0 where the engine cannot tell
 * @param rows that the query has gone through so far
 * @param bytes of the source file read so far, as far as the engine tells
 */
public record Progress(String step, double percent, long rows, long bytes) {}
