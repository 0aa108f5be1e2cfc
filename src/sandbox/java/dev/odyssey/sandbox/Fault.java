package dev.odyssey.sandbox;

import java.time.Duration;

/** What goes wrong with one answer of the {@link StorageStandIn}. Immutable. */
public sealed interface Fault {

  /** Answers with this status instead of the object; {@code retryAfter} null for no such header. */
  record Status(int code, Duration retryAfter) implements Fault {}

  /** Sends so much of the body, then resets the connection (TCP RST). */
  record Reset(long afterBytes) implements Fault {}

  /** Announces the whole length, sends so much of the body and closes the connection. */
  record Truncation(long afterBytes) implements Fault {}

  /** Announces no length: sends so much of the body in chunks and closes before the last. */
  record CutChunks(long afterBytes) implements Fault {}

  /** Sends so much of the body, waits for something else to happen, and closes the connection. */
  record Interlude(long afterBytes, Runnable meanwhile) implements Fault {}

  /** Sends the whole body in gzip, though nobody asked for that. */
  record Gzip() implements Fault {}

  /** Sends so much of the body, then nothing more until the stand-in is closed. */
  record Stall(long afterBytes) implements Fault {}

  /** Sends the whole body, but slowly. */
  record Slowness(long bytesPerSecond) implements Fault {}

  static Fault status(int code) {
    return new Status(code, null);
  }

  static Fault tooManyRequests(Duration retryAfter) {
    return new Status(429, retryAfter);
  }
}
