/**
 * Which expressions a mapping may have. DuckDB parses them, {@code AllowedFunctions} lists what
 * they may call.
 */
package dev.odyssey.transform.expression;
