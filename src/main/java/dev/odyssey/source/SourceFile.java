package dev.odyssey.source;

import java.nio.file.Path;

/**
 * A source file as downloaded.
 *
 * @param bytes its size
 * @param sha256 of its bytes, in lower-case hex
 */
public record SourceFile(Path path, long bytes, String sha256) {}
