package dev.odyssey.transform.expression;

import dev.odyssey.transform.source.Source;
import java.util.List;

/**
 * A checked {@code transform}: SQL in the engine's own spelling, safe inside a SELECT list.
 *
 * @param used the file's columns that it reads
 */
public record Expression(String sql, List<Source.Column> used) {}
