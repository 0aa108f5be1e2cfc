package dev.odyssey.traces;

import static io.opentelemetry.api.common.AttributeKey.longKey;
import static io.opentelemetry.api.common.AttributeKey.stringKey;

import dev.odyssey.queue.Attempt;
import dev.odyssey.source.SourceFile;
import dev.odyssey.steps.StepEnd;
import dev.odyssey.transform.TransformResult;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import java.util.List;

/** What spans tell: names and counts, never a row, a path or an address. Stateless. */
final class Facts {
  static final AttributeKey<String> OUTCOME = stringKey("odyssey.outcome");
  static final AttributeKey<String> ENDING = stringKey("odyssey.ending");
  static final AttributeKey<String> ERROR_TYPE = stringKey("error.type");
  static final AttributeKey<String> EXCEPTION_TYPE = stringKey("exception.type");
  static final AttributeKey<String> EXCEPTION_MESSAGE = stringKey("exception.message");

  private Facts() {}

  /** On every span. */
  static Attributes of(Attempt attempt) {
    return Attributes.builder()
        .put("odyssey.run", String.valueOf(attempt.runId()))
        .put("odyssey.stream", String.valueOf(attempt.streamId()))
        .put("odyssey.stream_name", String.valueOf(attempt.streamName()))
        .put("odyssey.tenant", String.valueOf(attempt.tenantId()))
        .put("odyssey.trigger", String.valueOf(attempt.triggerType()))
        .put("odyssey.attempt", attempt.ordinal())
        .build();
  }

  /**
   * Of what a step left for the next ones.
   *
   * @param left null for nothing
   */
  static Attributes left(Object left) {
    if (left instanceof SourceFile file) {
      return Attributes.of(longKey("odyssey.source_bytes"), file.bytes());
    } else if (left instanceof TransformResult result) {
      return Attributes.builder()
          .put("odyssey.rows", result.processed())
          .put("odyssey.rows_inserted", result.inserted())
          .put("odyssey.rows_updated", result.updated())
          .put("odyssey.rows_deleted", result.deleted())
          .put("odyssey.rows_rejected", result.rejected())
          .put("odyssey.snapshot_rows", result.totalRows())
          .put("odyssey.snapshot_bytes", result.snapshotBytes())
          .build();
    } else if (left instanceof List<?> files) {
      return Attributes.of(
          longKey("odyssey.objects"),
          (long) files.size(),
          longKey("odyssey.published_bytes"),
          StepEnd.uploadedBytes(files));
    }
    return Attributes.empty();
  }
}
