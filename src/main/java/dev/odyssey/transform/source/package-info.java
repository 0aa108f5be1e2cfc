/**
 * Files as relations: {@code SourceInspector} finds out what a file is, {@code SourceReader} gives
 * the SQL that reads it.
 */
package dev.odyssey.transform.source;
