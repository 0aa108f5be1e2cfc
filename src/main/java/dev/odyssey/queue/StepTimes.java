package dev.odyssey.queue;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;

/** When the steps of one attempt began, how long they took and how they went. Thread-safe. */
final class StepTimes {
  private static final int MOST = 100;

  private final ArrayNode steps = JsonNodeFactory.instance.arrayNode();

  synchronized void begin(String step, Instant at) {
    if (steps.size() < MOST) {
      steps.addObject().put("step", step).put("begunAt", at.toEpochMilli());
    }
  }

  /** Does nothing where none is under way. */
  synchronized void end(Duration took, boolean well) {
    if (!steps.isEmpty() && !steps.get(steps.size() - 1).has("millis")) {
      ObjectNode last = (ObjectNode) steps.get(steps.size() - 1);
      last.put("millis", took.toMillis());
      if (!well) {
        last.put("brokenOff", true);
      }
    }
  }

  /** As {@code odyssey.record_steps} takes it. */
  synchronized ArrayNode toJson() {
    return steps.deepCopy();
  }
}
