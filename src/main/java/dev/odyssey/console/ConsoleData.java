package dev.odyssey.console;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.postgresql.util.PSQLException;

/**
 * What the console reads and does, each by one function of schema odyssey. Thread-safe.
 *
 * <p>Every statement has a time limit; while readiness knows the database to be away, none is sent.
 */
public final class ConsoleData {
  private static final Duration TIME_LIMIT = Duration.ofSeconds(5);
  private static final ObjectMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

  private final DataSource dataSource;
  private final Supplier<List<String>> missing;

  /**
   * @param missing what is known to be wrong with the database; empty when all is well
   */
  public ConsoleData(DataSource dataSource, Supplier<List<String>> missing) {
    this.dataSource = dataSource;
    this.missing = missing;
  }

  /** The database does not answer or lacks something; the message says what, for people. */
  public static final class Unavailable extends Exception {
    Unavailable(String message, Throwable cause) {
      super(message, cause);
    }
  }

  public Map<String, Object> overview() throws Unavailable {
    return object("select odyssey.show_overview()").orElseThrow();
  }

  public Map<String, Object> streams(String search, int limit, int offset) throws Unavailable {
    return object("select odyssey.show_streams(?, ?, ?)", search, limit, offset).orElseThrow();
  }

  public Optional<Map<String, Object>> stream(UUID id) throws Unavailable {
    return object("select odyssey.show_stream(?)", id);
  }

  public Optional<Map<String, Object>> run(UUID id) throws Unavailable {
    return object("select odyssey.show_run(?)", id);
  }

  /** As {@code odyssey.show_runs} gives them: the last runs of a stream; null for all. */
  public List<Map<String, Object>> runs(UUID streamId, boolean failed, int limit)
      throws Unavailable {
    String sql = "select jsonb_build_object('runs', odyssey.show_runs(?::uuid, ?, ?))";
    return Models.rows(object(sql, streamId, failed, limit).orElseThrow(), "runs");
  }

  /** Those whose id begins so, at most 10. */
  public List<UUID> findRuns(String prefix) throws Unavailable {
    String sql = "select string_agg(r::text, ' ') from odyssey.find_runs(?) as r";
    return text(sql, prefix).stream()
        .flatMap(ids -> Stream.of(ids.split(" ")))
        .map(UUID::fromString)
        .toList();
  }

  public Map<String, Object> deadLetters(int limit, Long before) throws Unavailable {
    return object("select odyssey.show_dead_letters(?, ?::bigint)", limit, before).orElseThrow();
  }

  public Optional<Map<String, Object>> deadLetter(long msgId) throws Unavailable {
    return object("select odyssey.show_dead_letter(?)", msgId);
  }

  /** The run that will do it: a new one, or the one that waits already. */
  public UUID enqueue(UUID streamId) throws Unavailable {
    return UUID.fromString(
        text("select odyssey.enqueue_sync(?, 'manual')", streamId).orElseThrow());
  }

  /** As {@code odyssey.cancel_run} answers: cancelled, cancelling, finished or unknown. */
  public String cancel(UUID runId) throws Unavailable {
    return text("select odyssey.cancel_run(?)", runId).orElseThrow();
  }

  /** Whether the letter went back to the queue. */
  public boolean redrive(long msgId) throws Unavailable {
    return text("select count(*) from odyssey.redrive(p_msg_id => ?)", msgId)
        .orElseThrow()
        .equals("1");
  }

  /** The newest of the stream's runs that went back to the queue; empty where none did. */
  public Optional<UUID> redriveStream(UUID streamId) throws Unavailable {
    return text(
            "select (select run from odyssey.redrive(p_stream_id => ?) with ordinality as r (run, n)"
                + " order by n desc limit 1)",
            streamId)
        .map(UUID::fromString);
  }

  /** As {@code odyssey.stream_definition} gives it; holds secrets, so it is shown to nobody. */
  Optional<String> definition(UUID streamId) throws Unavailable {
    return text("select odyssey.stream_definition(?)", streamId);
  }

  /**
   * The mappings that were there before.
   *
   * @param expected the mappings that are to be replaced
   */
  String setMapping(UUID streamId, String mappings, String expected) throws Unavailable {
    return text("select odyssey.set_mapping(?, ?::jsonb, ?::jsonb)", streamId, mappings, expected)
        .orElseThrow();
  }

  /** Whether the letter was there. */
  public boolean discard(long msgId) throws Unavailable {
    return text("select count(*) from odyssey.discard_dead_letters(p_msg_id => ?)", msgId)
        .orElseThrow()
        .equals("1");
  }

  private Optional<Map<String, Object>> object(String sql, Object... values) throws Unavailable {
    Optional<String> json = text(sql, values);
    try {
      return json.isEmpty() ? Optional.empty() : Optional.of(JSON.readValue(json.get(), OBJECT));
    } catch (JsonProcessingException e) {
      throw new Unavailable("The database's answer is not JSON", e);
    }
  }

  /** An error that a function raises is for people; others say that there is no answer. */
  private static String said(SQLException e) {
    return e instanceof PSQLException answered && answered.getServerErrorMessage() != null
        ? String.join(
            ". ",
            Stream.of(
                    answered.getServerErrorMessage().getMessage(),
                    answered.getServerErrorMessage().getHint())
                .filter(Objects::nonNull)
                .toList())
        : "The database does not answer: " + e.getMessage();
  }

  private Optional<String> text(String sql, Object... values) throws Unavailable {
    List<String> known = missing.get();
    if (!known.isEmpty()) {
      throw new Unavailable(String.join("; ", known), null);
    }
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setQueryTimeout((int) TIME_LIMIT.toSeconds());
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return Optional.ofNullable(row.getString(1));
      }
    } catch (SQLException e) {
      throw new Unavailable(said(e), e);
    }
  }
}
