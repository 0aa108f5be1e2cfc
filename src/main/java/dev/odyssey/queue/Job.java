package dev.odyssey.queue;

import java.time.Instant;
import java.util.UUID;

/**
 * A claimed message: one sync of one stream, asked for by a scheduler or a person. Immutable.
 *
 * @param token names the lease that the claim gave, in every later call
 * @param queuedAt by the database's clock
 */
public record Job(
    UUID token,
    long msgId,
    UUID streamId,
    UUID tenantId,
    UUID runId,
    String triggerType,
    String streamName,
    Instant queuedAt) {}
