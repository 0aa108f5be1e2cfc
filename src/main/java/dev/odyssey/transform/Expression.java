package dev.odyssey.transform;

import java.util.List;

/**
 * A checked {@code transform}: SQL in the engine's own spelling, safe inside a SELECT list.
 *
 * @param used the file's columns that it reads
 */
record Expression(String sql, List<Source.Column> used) {}
