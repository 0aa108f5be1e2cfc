package dev.odyssey.isolation;

import static java.util.stream.Collectors.joining;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.odyssey.transform.TransformRequest;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaBuilder;
import org.apache.avro.file.DataFileWriter;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumWriter;

/** Transforms to carry out, and limits to do it in. */
final class Work {
  static final int LONG_ROWS = 9_000_000;

  private Work() {}

  /** One child, patient. */
  static IsolationSettings settings() {
    return new IsolationSettings(
        true, 256, Duration.ofMinutes(5), Duration.ofMinutes(1), 1L << 40, 50, 1);
  }

  static TransformRequest small(Path directory) throws IOException {
    return request(directory, "id,name\n1,a\n2,b\n", definition());
  }

  /** A few rows of many columns, none of whose values is of its type. */
  static TransformRequest wide(Path directory, int columns) throws IOException {
    return wide(directory, columns, List.of("integer"), "bad", 20);
  }

  /** Dates and timestamps. */
  static TransformRequest typed(Path directory, int columns, int rows) throws IOException {
    return wide(directory, columns, List.of("date", "timestamp"), "2026-01-31", rows);
  }

  private static TransformRequest wide(
      Path directory, int columns, List<String> types, String value, int rows) throws IOException {
    ObjectNode definition = definition();
    definition.withObject("/source/config").put("maxBadValueRatio", 1);
    ArrayNode schema = definition.withObject("/stream").putArray("schema");
    IntStream.range(0, columns)
        .forEach(
            i -> schema.addObject().put("name", "c" + i).put("type", types.get(i % types.size())));
    String names = IntStream.range(0, columns).mapToObj(i -> "c" + i).collect(joining(","));
    String row = String.join(",", Collections.nCopies(columns, value));
    return request(directory, names + "\n" + (row + "\n").repeat(rows), definition);
  }

  /** Takes some seconds: time to do something to it. */
  static TransformRequest lengthy(Path directory) throws IOException {
    Path file = directory.resolve("source");
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      out.write("id,name\n");
      for (int row = 0; row < LONG_ROWS; row++) {
        out.write(row + ",name of row " + row + "\n");
      }
    }
    return request(directory, file, definition());
  }

  /** An Avro file whose one row is larger than a small heap, though none of its values is. */
  static TransformRequest ofOneLargeRow(Path directory, int values, int bytes) throws IOException {
    var fields = SchemaBuilder.record("Row").fields();
    for (int i = 0; i < values; i++) {
      fields = fields.requiredBytes("b" + i);
    }
    Schema schema = fields.endRecord();
    var row = new GenericData.Record(schema);
    for (int i = 0; i < values; i++) {
      row.put(i, ByteBuffer.wrap(new byte[bytes]));
    }
    Path file = directory.resolve("source");
    try (var writer = new DataFileWriter<>(new GenericDatumWriter<GenericData.Record>(schema))) {
      writer.create(schema, file.toFile());
      writer.append(row);
    }
    ObjectNode definition = definition();
    definition.withObject("/source").put("type", "file");
    return request(directory, file, definition);
  }

  static TransformRequest request(Path directory, String csv, JsonNode definition)
      throws IOException {
    return request(directory, Files.writeString(directory.resolve("source"), csv), definition);
  }

  static TransformRequest request(Path directory, Path file, JsonNode definition) {
    return new TransformRequest(
        new UUID(0, 1), new UUID(0, 2), definition, file, null, directory, Instant.EPOCH);
  }

  static ObjectNode definition() {
    ObjectNode definition = new ObjectMapper().createObjectNode();
    definition.putObject("stream").put("name", "orders");
    definition.putObject("source").put("type", "csv").putObject("config");
    return definition;
  }
}
