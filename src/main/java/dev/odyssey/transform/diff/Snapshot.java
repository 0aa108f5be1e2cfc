package dev.odyssey.transform.diff;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.odyssey.transform.TransformRequest;
import dev.odyssey.transform.TransformSettings.RefHash;
import dev.odyssey.transform.engine.Sql;
import dev.odyssey.transform.snapshot.ParquetSizes;
import dev.odyssey.transform.snapshot.SnapshotMetadata;
import dev.odyssey.transform.types.Typed;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * SQL of a stream's Parquet files: the columns as they are stored, the system columns, the
 * compression, the metadata. docs/parquet.md tells it to readers. Immutable.
 *
 * @param columns the mapped columns and the types they are stored with, in order
 * @param primaryKey what rows are told apart by; empty for none
 * @param sizes of what is written
 */
public record Snapshot(
    TransformRequest request,
    String schemaVersion,
    Map<String, String> columns,
    List<String> primaryKey,
    RefHash refHash,
    ParquetSizes sizes) {
  private static final String TYPED =
      """
      WITH typed AS NOT MATERIALIZED (
      -- With the types that are wanted; bad_value counts what does not fit and is NULL.
      %s)
      """;
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

  /**
   * Rows as they are stored, with their reference.
   *
   * @param typed the rows with their types. It is no view, which the engine would prepare twice.
   */
  String rows(Typed.Rows typed) {
    return rows(typed, "");
  }

  /**
   * The same as it is written where there is nothing to compare with. A word of an ENUM is written
   * in a fourth of the time of a text, and read as one.
   */
  String first(Typed.Rows typed) {
    return rows(
        typed,
        ",\n  'SNAPSHOT'::ENUM('SNAPSHOT') AS \"$_operation\",\n  %1$s AS \"$_timestamp\",\n  %1$s AS \"$_last_updated\""
            .formatted(readAt()));
  }

  private String rows(Typed.Rows typed, String more) {
    Map<String, String> texts = new LinkedHashMap<>(typed.texts());
    texts.keySet().retainAll(columns.keySet());
    List<String> stored = new ArrayList<>();
    columns.forEach(
        (name, type) -> stored.add("%s AS %s".formatted(stored(quoted(name), type), quoted(name))));
    texts.forEach(
        (name, text) ->
            stored.add(
                "CASE WHEN %s IS NOT NULL THEN %2$s END AS %2$s".formatted(quoted(name), text)));
    String all = texts.isEmpty() ? "*" : "* EXCLUDE (" + String.join(", ", texts.values()) + ")";
    return TYPED.formatted(typed.sql())
        + "SELECT %s,\n  %s AS \"$_ref\"%s\nFROM (\n  SELECT\n    %s\n  FROM typed)"
            .formatted(all, Ref.sql(columns, texts, refHash), more, String.join(",\n    ", stored));
  }

  /**
   * Without the sign of zero: readers ask Bloom filters, minimum and maximum for 0.0 by its bits,
   * so that a lookup of 0 would not find the -0.0, nor what shares its entry in a dictionary. The
   * hash of the workers before, {@code compat}, has the sign.
   */
  String unsigned(String value, String type) {
    boolean isFloat = type.equals("DOUBLE") || type.equals("FLOAT");
    return isFloat && refHash == RefHash.V1 ? value + " + 0::" + type : value;
  }

  private String stored(String column, String type) {
    return unsigned("CAST(%s AS %s)".formatted(column, type), type);
  }

  /**
   * Small dictionaries only, and zstd's quickest level: half the time of the defaults, for files a
   * tenth larger. Each row group has minimum and maximum. The second version's encodings would take
   * a tenth less time and space, but some readers lack them. The engine looks up binary values in a
   * Bloom filter by what they look like, and so does not find them: then there is none.
   */
  String copy(String select, Path file) {
    return copy(select, file, sizes.rowGroupRows());
  }

  /**
   * @param rowGroupSize about how many rows; twice as many as there are make one of all
   */
  String copy(String select, Path file, long rowGroupSize) {
    return """
        COPY (
        %s
        ) TO %s (
          FORMAT parquet,
          PARQUET_VERSION V1,
          COMPRESSION zstd,
          COMPRESSION_LEVEL 1,
          DICTIONARY_SIZE_LIMIT %d,
          STRING_DICTIONARY_PAGE_SIZE_LIMIT %d,
          WRITE_BLOOM_FILTER %b,
          ROW_GROUP_SIZE %d,
          KV_METADATA %s)"""
        .formatted(
            select,
            Sql.literal(file.toString()),
            sizes.dictionaryValues(),
            sizes.dictionaryBytes(),
            columns.values().stream().noneMatch(type -> type.contains("BLOB")),
            rowGroupSize,
            Sql.struct(metadata()));
  }

  /** A literal of the engine, in microseconds, which is what Parquet keeps. */
  String readAt() {
    Instant instant = request.readAt().truncatedTo(ChronoUnit.MICROS);
    return "TIMESTAMPTZ '" + TIMESTAMP.format(instant) + "+00'";
  }

  /**
   * Spark's key says that days before 1582 are counted as today's calendar has them. Without it
   * Spark 3 reads no column with such a day, nor with a timestamp before 1900.
   */
  private Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("org.apache.spark.version", "3.1.0");
    metadata.put(SnapshotMetadata.STREAM, request.streamId().toString());
    metadata.put("odyssey.run", request.runId().toString());
    metadata.put("odyssey.schema_version", schemaVersion);
    metadata.put(SnapshotMetadata.PRIMARY_KEY, keyJson());
    metadata.put(SnapshotMetadata.REF_VERSION, refHash.version());
    return metadata;
  }

  private String keyJson() {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    primaryKey.forEach(json::add);
    return json.toString();
  }

  private static String quoted(String name) {
    return Sql.identifier(name);
  }
}
