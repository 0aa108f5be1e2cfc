package dev.odyssey.failure;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What went wrong, as it is recorded and shown. Holds no secret.
 *
 * @param temporary true when another attempt may succeed
 * @param message what is wrong and where
 * @param advice what the operator can do
 * @param details more facts for the run's {@code error_details}; null for none
 */
public record Failure(boolean temporary, String message, String advice, JsonNode details) {}
