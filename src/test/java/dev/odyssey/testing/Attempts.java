package dev.odyssey.testing;

import com.fasterxml.jackson.databind.JsonNode;
import dev.odyssey.queue.Attempt;
import java.util.UUID;

/** Attempts as the queue grants them, each of a run and a stream of its own. */
public final class Attempts {
  private Attempts() {}

  /**
   * @param number 1 for the first of its run
   */
  public static Attempt numbered(int number) {
    return of(number, null);
  }

  public static Attempt with(JsonNode definition) {
    return of(1, definition);
  }

  private static Attempt of(int number, JsonNode definition) {
    return new Attempt(
        true,
        null,
        UUID.randomUUID(),
        number,
        number,
        1,
        UUID.randomUUID(),
        UUID.randomUUID(),
        UUID.randomUUID(),
        "customers",
        "manual",
        definition,
        null,
        null);
  }
}
