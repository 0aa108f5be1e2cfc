package dev.odyssey.isolation;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.odyssey.failure.Failure;
import dev.odyssey.transform.TransformRequest;
import dev.odyssey.transform.TransformResult;
import dev.odyssey.transform.TransformSettings;
import dev.odyssey.work.Progress;

/**
 * What a child says, a line of JSON each; only the field that its type names is set.
 *
 * @param type {@code READY} once, when it is warm or a first job waits, {@code BEGUN} with the one
 *     it was given, {@code PROGRESS}, and in the end {@code RESULT} or {@code FAILURE}
 */
record Message(Type type, Progress progress, TransformResult result, Failure failure) {
  /** Both sides read and write lines with it. */
  static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  enum Type {
    READY,
    BEGUN,
    PROGRESS,
    RESULT,
    FAILURE,
    /** Never sent: the runner's reader notes that the child's output ended. */
    ENDED,
    /** Never sent: the runner's reader got a line that is no message. */
    GARBAGE
  }

  /** What a child is asked for, one line of JSON. */
  record Task(TransformRequest request, TransformSettings settings) {}

  static Message of(Type type) {
    return new Message(type, null, null, null);
  }

  static Message of(Progress progress) {
    return new Message(Type.PROGRESS, progress, null, null);
  }

  static Message of(TransformResult result) {
    return new Message(Type.RESULT, null, result, null);
  }

  static Message of(Failure failure) {
    return new Message(Type.FAILURE, null, null, failure);
  }
}
