package dev.odyssey.queue;

import java.util.UUID;

/** A claimed message: one sync of one stream, asked for by a scheduler or a person. Immutable. */
public record Job(
    long msgId, UUID streamId, UUID tenantId, UUID runId, String triggerType, String streamName) {}
