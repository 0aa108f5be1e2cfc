package dev.odyssey.transform;

import dev.odyssey.transform.TransformSettings.RefHash;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * SQL that writes Parquet files of a stream: the system columns, the compression, the metadata.
 *
 * @param columns the mapped columns and their engine types, in order
 */
record Snapshot(
    TransformRequest request,
    StreamDefinition stream,
    Map<String, String> columns,
    RefHash refHash) {
  static final String REF_VERSION_KEY = "odyssey.ref_version";
  private static final DateTimeFormatter TIMESTAMP =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS").withZone(ZoneOffset.UTC);

  /** Every row of the view {@code typed}, with its reference, as if all of them were new. */
  String allNew(String operation) {
    return "SELECT *,\n  %s AS \"$_ref\",\n  '%s' AS \"$_operation\",\n  %s AS \"$_timestamp\",\n  %s AS \"$_last_updated\"\nFROM typed"
        .formatted(Ref.sql(columns, refHash), operation, readAt(), readAt());
  }

  String copy(String select, Path file) {
    return "COPY (\n%s\n) TO %s (FORMAT parquet, COMPRESSION zstd, KV_METADATA %s)"
        .formatted(select, Sql.literal(file.toString()), Sql.struct(metadata()));
  }

  /** A literal of the engine, in microseconds, which is what Parquet keeps. */
  String readAt() {
    Instant instant = request.readAt().truncatedTo(ChronoUnit.MICROS);
    return "TIMESTAMPTZ '" + TIMESTAMP.format(instant) + "+00'";
  }

  private Map<String, String> metadata() {
    Map<String, String> metadata = new LinkedHashMap<>();
    metadata.put("odyssey.stream", request.streamId().toString());
    metadata.put("odyssey.run", request.runId().toString());
    metadata.put("odyssey.schema_version", stream.schemaVersion());
    metadata.put(REF_VERSION_KEY, refHash.version());
    return metadata;
  }
}
