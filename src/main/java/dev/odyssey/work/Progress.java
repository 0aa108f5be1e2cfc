package dev.odyssey.work;

/**
 * Where an attempt stands. Rides on the lease's renewal, so that others see it.
 *
 * @param step what is being done, as in "reading the source file"
 * @param percent of the step; 0 where nobody can tell
 * @param rows that the engine's query has gone through so far
 * @param bytes of the file read or sent so far
 */
public record Progress(String step, double percent, long rows, long bytes) {}
