package dev.odyssey.source;

import java.nio.file.Path;
import java.util.UUID;

/**
 * A source object to fetch.
 *
 * @param url where it is, fully encoded
 * @param name bucket and path as a person would say them, for messages
 * @param stream the stream's name, for messages
 * @param token the attempt's
 * @param file where its bytes go
 */
public record Download(String url, String name, String stream, UUID token, Path file) {}
