package dev.odyssey.queue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/**
 * What {@code odyssey.begin_attempt} answers: the lease and everything the job needs. Immutable.
 *
 * @param granted false when the lease was refused; then only {@code reason} is set
 * @param reason why the lease was refused, for the log
 * @param token names this attempt in every later call; a stale one changes nothing
 * @param number 1 for the first attempt that counts since the run was enqueued or redriven
 * @param ordinal 1 for the run's first attempt of all; no two of a run share one: what people read
 * @param definition {@code {stream, source, fieldMappings, sourceSchema}} as the database holds
 *     them, each null where the database has none; checked by who reads it, never trusted
 * @param previousSnapshot object key of the last published snapshot; null before the first
 * @param traceContext the trace that asked for the job; null where its message names none
 */
public record Attempt(
    boolean granted,
    String reason,
    UUID token,
    int number,
    int ordinal,
    long msgId,
    UUID runId,
    UUID streamId,
    UUID tenantId,
    String streamName,
    String triggerType,
    JsonNode definition,
    String previousSnapshot,
    TraceContext traceContext) {

  /** As W3C Trace Context writes it, and as anybody may have sent it: not checked. */
  public record TraceContext(String traceparent, String tracestate) {}
}
