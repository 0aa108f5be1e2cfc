package dev.odyssey.failure;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Optional;

/**
 * How long a busy service wants to be left alone: RFC 9110, 10.2.3, seconds or a date. Stateless.
 */
public final class RetryAfter {
  private static final String FIELD = "retryAfterSeconds";
  private static final Duration LONGEST = Duration.ofDays(1);

  private RetryAfter() {}

  /**
   * The header's value as a wait from now, a day at most.
   *
   * @return null where there is none, or it is no such value, or the time is over already
   */
  public static Duration parse(String header, Instant now) {
    if (header == null) {
      return null;
    }
    Duration wait = header.strip().matches("\\d{1,9}") ? seconds(header) : untilDate(header, now);
    if (wait == null || wait.isNegative() || wait.isZero()) {
      return null;
    }
    return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
  }

  static JsonNode details(Duration rest) {
    return rest == null
        ? null
        : JsonNodeFactory.instance.objectNode().put(FIELD, rest.plusMillis(999).toSeconds());
  }

  /** What a failure's details say; zero for nothing. */
  public static Duration of(JsonNode details) {
    return Optional.ofNullable(details)
        .map(d -> Duration.ofSeconds(d.path(FIELD).asLong(0)))
        .orElse(Duration.ZERO);
  }

  private static Duration seconds(String header) {
    return Duration.ofSeconds(Long.parseLong(header.strip()));
  }

  private static Duration untilDate(String header, Instant now) {
    try {
      return Duration.between(
          now,
          ZonedDateTime.parse(header.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeParseException e) {
      return null;
    }
  }
}
