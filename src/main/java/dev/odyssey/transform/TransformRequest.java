package dev.odyssey.transform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.odyssey.transform.file.PieceName;
import java.nio.file.Path;
import java.time.Instant;
import java.util.UUID;

/**
 * One transform: a source file in, Parquet files out. Plain data, so that it can cross a process.
 *
 * @param definition {@code {stream, source, fieldMappings, sourceSchema}} as {@code begin_attempt}
 *     gave it; untrusted
 * @param sourceFile the downloaded file, or the directory of several called as {@link PieceName}
 *     says, inside {@code directory}
 * @param previousSnapshot the last published snapshot, inside {@code directory}; null on a first
 *     sync
 * @param directory the job's own directory: the only place the engine may read or write
 * @param readAt when this run read the source; becomes {@code $_timestamp}
 */
public record TransformRequest(
    UUID runId,
    UUID streamId,
    JsonNode definition,
    Path sourceFile,
    Path previousSnapshot,
    Path directory,
    Instant readAt) {}
