package dev.odyssey.transform;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.odyssey.transform.engine.Engines;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A transform on a small file, told in a few words; JSON is written with single quotes. */
public final class Job {
  public static final Instant READ_AT = Instant.parse("2026-03-04T05:06:07.123456Z");
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path directory;
  private final ObjectNode definition = JSON.createObjectNode();
  private TransformSettings settings = TransformSettings.defaults();
  private Path source;
  private Path previous;
  private Instant readAt = READ_AT;

  private Job(Path directory) {
    this.directory = directory;
    definition.putObject("stream").put("name", "orders");
    definition.putObject("source").put("type", "file").putObject("config");
  }

  public static Job in(Path directory) {
    return new Job(directory);
  }

  public Job file(String text) {
    return file(text, StandardCharsets.UTF_8);
  }

  public Job file(String text, Charset charset) {
    return file(text.getBytes(charset));
  }

  public Job file(byte[] bytes) {
    try {
      source = Files.write(directory.resolve("source"), bytes);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Job sourceAt(Path path) {
    source = path;
    return this;
  }

  /** As {@code id integer, name text}. */
  public Job schema(String... columns) {
    var schema = ((ObjectNode) definition.path("stream")).putArray("schema");
    for (String column : columns) {
      int space = column.lastIndexOf(' ');
      schema
          .addObject()
          .put("name", column.substring(0, space))
          .put("type", column.substring(space + 1));
    }
    return this;
  }

  public Job mapping(String source, String target) {
    mappings().addObject().put("source", source).put("target", target);
    return this;
  }

  public Job transform(String target, String expression) {
    mappings().addObject().put("target", target).put("transform", expression);
    return this;
  }

  private com.fasterxml.jackson.databind.node.ArrayNode mappings() {
    return definition.has("fieldMappings")
        ? (com.fasterxml.jackson.databind.node.ArrayNode) definition.path("fieldMappings")
        : definition.putArray("fieldMappings");
  }

  public Job key(String... columns) {
    var key = ((ObjectNode) definition.path("stream")).putArray("primaryKey");
    List.of(columns).forEach(key::add);
    return this;
  }

  public Job stream(String field, String json) {
    ((ObjectNode) definition.path("stream")).set(field, json(json));
    return this;
  }

  public Job config(String json) {
    ((ObjectNode) definition.path("source")).set("config", json(json));
    return this;
  }

  public Job definition(String field, String json) {
    definition.set(field, json(json));
    return this;
  }

  public Job settings(TransformSettings changed) {
    settings = changed;
    return this;
  }

  public Job after(TransformResult earlier, Instant now) {
    try {
      previous = directory.resolve("previous.parquet");
      Files.copy(earlier.snapshot(), previous, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
      readAt = now;
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** After a snapshot that lies there, or does not. */
  public Job afterFile(Path snapshot, Instant now) {
    previous = snapshot;
    readAt = now;
    return this;
  }

  public TransformResult run() {
    return run(new Transform(settings));
  }

  public TransformResult run(Engines engines) {
    return run(new Transform(settings, engines));
  }

  private TransformResult run(Transform transform) {
    return transform.run(
        new TransformRequest(
            new UUID(0, 1), new UUID(0, 2), definition, source, previous, directory, readAt));
  }

  /** The snapshot's rows as text, columns by {@code |}, NULL as {@code ~}. */
  public static List<String> rows(TransformResult result, String columns) {
    return query("SELECT " + columns + " FROM '" + result.snapshot() + "'");
  }

  public static List<String> query(String sql) {
    List<String> rows = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = connection.createStatement()) {
      statement.execute("SET TimeZone = 'UTC'");
      try (ResultSet result = statement.execute(sql) ? statement.getResultSet() : null) {
        while (result != null && result.next()) {
          StringBuilder row = new StringBuilder();
          for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
            String text = result.getString(i);
            row.append(i > 1 ? "|" : "").append(text == null ? "~" : text);
          }
          rows.add(row.toString());
        }
      }
      return rows;
    } catch (SQLException e) {
      throw new IllegalStateException(sql, e);
    }
  }

  private static JsonNode json(String text) {
    try {
      return JSON.readTree(text.contains("\"") ? text : text.replace('\'', '"'));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
